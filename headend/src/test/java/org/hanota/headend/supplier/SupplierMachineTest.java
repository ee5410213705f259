// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.TransitionTable;
import org.hanota.api.machine.TransitionTable.Edge;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.dsp.Transform;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.FirmwareRequest.UpdateFirmware;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceRequest.SignedPreCommand;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.testing.RecordedEffects;
import org.hanota.testing.StateDocument;
import org.junit.jupiter.api.Test;

class SupplierMachineTest {
  private static final Eui64 DSP = Eui64.parse("90B3D51F30000002");
  private static final Eui64 SELF = Eui64.parse("90B3D51F30010000");
  private static final Eui64 DEVICE = Eui64.parse("00DB1234567890A0");
  private static final Credentials KEYS =
      TestPki.ofSeed(16).organisation(SELF, RemotePartyRole.SUPPLIER);
  private static final ParameterValues<HeadEndParameter> PARAMETERS =
      ParameterValues.defaults(HeadEndParameter.class);
  private static final ActivateFirmware ORDER =
      new ActivateFirmware(ExecutionDateTime.NOW, Octets.fromHex("00ff".repeat(16)));
  private static final long START = 1_795_000_000_000L;

  private final Set<Edge<DialogueState, DialogueStimulus>> taken = new HashSet<>();
  private InMemoryRecordStore store = new InMemoryRecordStore();
  private RecordedEffects effects = new RecordedEffects();
  private TransitionTable<DialogueState, DialogueStimulus, DialogueStep> table =
      DialogueTransitions.TABLE;
  private SupplierMachine supplier = machine();
  private long millis;
  private long letters;

  private SupplierMachine machine() {
    return new SupplierMachine(
        new SupplierConfig(SELF, DSP, KEYS.digitalSignatureKey(), PARAMETERS),
        store,
        table.watchedBy(taken::add),
        ReplacementTransitions.TABLE);
  }

  private void input(Input input) {
    supplier.onInput(new Now(millis * 1_000_000, START + millis), input, effects);
  }

  private Request ask() {
    input(new SupplierInput.Ask(DEVICE, CommandVariant.PRE_COMMAND, ORDER));
    return lastRequest();
  }

  private Request askUncritical() {
    input(
        new SupplierInput.Ask(
            DSP,
            CommandVariant.NON_DEVICE,
            new UpdateFirmware(
                Octets.fromHex("00"),
                new FirmwareVersion("01000001"),
                new DeviceIdList(List.of(DEVICE)))));
    return lastRequest();
  }

  private Letter.Message lastLetter() {
    return effects.toWan.stream()
        .filter(Letter.Message.class::isInstance)
        .map(Letter.Message.class::cast)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private Request lastRequest() {
    return ((Content.ServiceCall) lastLetter().content()).request();
  }

  private static Response response(Request request, String code) {
    return response(request, code, Optional.empty());
  }

  private static Response response(Request request, String code, ResponseContent content) {
    return response(request, code, Optional.of(content));
  }

  private static Response response(
      Request request, String code, Optional<ResponseContent> content) {
    return new Response(
        "5.4",
        Optional.of(request.id()),
        Optional.empty(),
        new ResponseCode(code),
        Instant.ofEpochMilli(START),
        new ResponseMessage(request.service(), content));
  }

  private void told(Response response) {
    letters++;
    input(new Letter.Message(DSP, SELF, letters, new Content.Answer(response)));
  }

  private void acknowledged(long letter, Request request, String code) {
    input(new Letter.Confirmed(DSP, SELF, letter, Optional.of(response(request, code))));
  }

  private static ResponseContent preCommand(MessageId id, ActivateFirmware order) {
    return new ResponseContent.PreCommand("4.0", Transform.preCommand(id, order).octets());
  }

  private DialogueState state(Request request) {
    return found(request).orElseThrow();
  }

  private Optional<DialogueState> found(Request request) {
    return store.load().stream()
        .filter(Dialogue.class::isInstance)
        .map(Dialogue.class::cast)
        .filter(dialogue -> dialogue.id().equals(request.id()))
        .findFirst()
        .map(Dialogue::state);
  }

  @Test
  void theDiagramInTheDocumentsIsThatOfTheTable() throws IOException {
    StateDocument.check(
        "supplier-states.md",
        "A request at its supplier",
        "org.hanota.headend.supplier.DialogueTransitions",
        DialogueTransitions.TABLE);
  }

  @Test
  void aPreCommandThatIsWhatWasAskedForIsSignedOnce() {
    Request request = ask();
    told(response(request, "I0", preCommand(request.id(), ORDER)));
    Request signed = lastRequest();
    assertThat(signed.id()).isEqualTo(request.id());
    assertThat(signed.commandVariant()).isEqualTo(CommandVariant.SIGNED_COMMAND);
    Message message = Message.parse(((SignedPreCommand) signed.body()).gbcsPayload());
    assertThat(message)
        .isEqualTo(Transform.preCommand(request.id(), ORDER).sign(KEYS.digitalSignatureKey()));
    effects.clear();
    told(response(request, "I0", preCommand(request.id(), ORDER)));
    assertThat(effects.toWan).noneMatch(Letter.Message.class::isInstance);
  }

  /** A DCC that asks for another signature than the user's request does not get it. */
  @Test
  void aPreCommandThatIsSomethingElseIsNotSigned() {
    Request request = ask();
    ActivateFirmware other = new ActivateFirmware(ExecutionDateTime.CANCEL, ORDER.firmwareHash());
    effects.clear();
    told(response(request, "I0", preCommand(request.id(), other)));
    assertThat(state(request)).isEqualTo(DialogueState.REFUSED);
    assertThat(effects.toWan).noneMatch(Letter.Message.class::isInstance);
  }

  @Test
  void countersOnlyRiseAlsoWhenTheClockIsSetBackAndAfterARestart() {
    Request first = ask();
    assertThat(first.time()).contains(Instant.ofEpochMilli(START));
    millis -= 60_000;
    Request second = ask();
    assertThat(second.id().counter()).isEqualTo(first.id().counter() + 1);
    supplier = machine();
    supplier.onStart(new Now(0, START - 60_000), effects);
    assertThat(ask().id().counter()).isEqualTo(first.id().counter() + 2);
  }

  @Test
  void anAnswerThatComesTwiceIsToldOnce() {
    Request request = ask();
    told(response(request, "I0", new ResponseContent.GbcsPayload(Octets.fromHex("00"))));
    letters--;
    told(response(request, "I0", new ResponseContent.GbcsPayload(Octets.fromHex("00"))));
    assertThat(effects.events(SupplierEvent.Told.class)).hasSize(1);
    supplier = machine();
    supplier.onStart(new Now(0, START), effects);
    letters--;
    told(response(request, "I0", new ResponseContent.GbcsPayload(Octets.fromHex("00"))));
    assertThat(effects.events(SupplierEvent.Told.class)).hasSize(1);
  }

  /** What is over is known for a time: its answer may come again. Then nothing is left of it. */
  @Test
  void aRequestThatEndedLongAgoIsForgottenAlsoOverARestart() {
    Request answered = ask();
    long letter = lastLetter().number();
    input(new Letter.Confirmed(DSP, SELF, letter, Optional.empty()));
    millis = 1_000;
    told(response(answered, "E21"));
    Request open = ask();
    assertThat(state(answered)).isEqualTo(DialogueState.REFUSED);
    long kept = PARAMETERS.get(HeadEndParameter.ENDED_REQUEST_KEPT);
    assertThat(effects.wakeAt).isLessThanOrEqualTo((millis + kept) * 1_000_000);
    millis += kept - 1;
    supplier = machine();
    supplier.onStart(new Now(millis * 1_000_000, START + millis), effects);
    assertThat(state(answered)).isEqualTo(DialogueState.REFUSED);
    millis++;
    timer();
    assertThat(supplier.dialogue(answered.id())).isEmpty();
    assertThat(store.load().stream().filter(Dialogue.class::isInstance)).hasSize(1);
    assertThat(supplier.counts()).containsEntry(DialogueState.REFUSED, 0L);
    // Its answer says nothing to anybody any more, and its id is never given again.
    told(response(answered, "I0", new ResponseContent.GbcsPayload(Octets.EMPTY)));
    assertThat(effects.events(SupplierEvent.Moved.class)).hasSize(1);
    assertThat(state(open)).isEqualTo(DialogueState.ASKED);
    assertThat(ask().id().counter()).isGreaterThan(open.id().counter());
  }

  /** One commit stays short; a request of which the DCC never heard leaves no letter behind. */
  @Test
  void manyAreForgottenInSteps() {
    long step = PARAMETERS.get(HeadEndParameter.FORGOTTEN_AT_ONCE);
    for (int i = 0; i < step + 1; i++) {
      Request unused = ask();
    }
    millis = 2 * PARAMETERS.get(HeadEndParameter.FUTURE_DATED_MAXIMUM);
    timer();
    assertThat(supplier.counts()).containsEntry(DialogueState.EXPIRED, step + 1);
    millis += PARAMETERS.get(HeadEndParameter.ENDED_REQUEST_KEPT);
    timer();
    assertThat(supplier.counts()).containsEntry(DialogueState.EXPIRED, 1L);
    assertThat(effects.wakeAt).isEqualTo(millis * 1_000_000);
    timer();
    assertThat(store.load())
        .extracting(Stored::key)
        .containsExactlyInAnyOrder("counter", "next letter");
  }

  private void timer() {
    supplier.onTimer(new Now(millis * 1_000_000, START + millis), effects);
  }

  @Test
  void noEdgeCanBeLeftOutUnseen() {
    for (Edge<DialogueState, DialogueStimulus> edge : DialogueTransitions.TABLE.edges()) {
      SupplierMachineTest planted = new SupplierMachineTest();
      planted.table = DialogueTransitions.TABLE.without(edge.from(), edge.stimulus());
      assertThatThrownBy(() -> planted.anyOrderOfAnswers(20))
          .as(edge.toString())
          .isInstanceOf(AssertionError.class);
    }
  }

  /** What the DCC says comes in any order; no end is left, and every edge is taken. */
  @Test
  void anyOrderOfAnswersReachesOneEnd() {
    anyOrderOfAnswers(8_000);
  }

  private void anyOrderOfAnswers(int runs) {
    Random random = new Random(16);
    for (int run = 0; run < runs; run++) {
      store = new InMemoryRecordStore();
      effects = new RecordedEffects();
      supplier = machine();
      millis = 0;
      // Every other one takes effect as soon as the DCC has it.
      Request request = run % 4 < 2 ? ask() : askUncritical();
      long first = lastLetter().number();
      DialogueState end = null;
      for (int step = 0; step < 12; step++) {
        happen(request, first, random.nextInt(run % 2 == 0 ? 11 : 9));
        Optional<DialogueState> found = found(request);
        if (end != null && found.isEmpty()) {
          break; // it ended long ago, and is forgotten
        }
        DialogueState now = found.orElseThrow();
        if (end != null) {
          assertThat(now).isEqualTo(end);
        }
        end = now.isFinal() ? now : null;
      }
    }
    assertThat(taken).containsExactlyInAnyOrderElementsOf(DialogueTransitions.TABLE.edges());
  }

  private void happen(Request request, long first, int what) {
    switch (what) {
      case 0 -> acknowledged(first, request, "I99");
      case 1 -> acknowledged(lastLetter().number(), request, "I99");
      case 2 -> acknowledged(lastLetter().number(), request, "E5");
      case 3 -> told(response(request, "I0", preCommand(request.id(), ORDER)));
      case 4 ->
          told(
              response(
                  request,
                  "I0",
                  preCommand(
                      request.id(),
                      new ActivateFirmware(ExecutionDateTime.CANCEL, ORDER.firmwareHash()))));
      case 5 -> told(response(request, "I0", new ResponseContent.GbcsPayload(Octets.EMPTY)));
      case 6 -> told(response(request, "E21"));
      case 7 ->
          told(
              response(
                  request,
                  "I0",
                  new ResponseContent.FutureDatedDeviceAlertMessage(
                      ResponseContent.FutureDatedResult.SUCCESS, Octets.EMPTY, 1, 1)));
      case 10 -> input(new SupplierInput.PutAgain(request.id()));
      case 9 -> input(new SupplierInput.Withdraw(request.id()));
      default -> {
        millis += PARAMETERS.get(HeadEndParameter.FUTURE_DATED_MAXIMUM);
        supplier.onTimer(new Now(millis * 1_000_000, START + millis), effects);
      }
    }
  }
}
