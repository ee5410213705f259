// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.TransitionTable.Edge;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.payload.AddDevice;
import org.hanota.gbcs.payload.DataAccessResult;
import org.hanota.gbcs.payload.JoinDevice;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.ReadDeviceLog;
import org.hanota.gbcs.payload.RemoveDevice;
import org.hanota.gbcs.payload.RestoreDeviceLog;
import org.hanota.gbcs.payload.SynchroniseClock;
import org.hanota.gbcs.payload.UnjoinDevice;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.dsp.HomeTransform;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.HanRequest;
import org.hanota.headend.request.HanRequest.Whitelist;
import org.hanota.headend.request.InventoryRequest;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.testing.RecordedEffects;
import org.hanota.testing.StateDocument;
import org.junit.jupiter.api.Test;

/** The replacement of damaged devices at its supplier; the DCC's answers are the test's. */
class ReplacementTest {
  private static final Eui64 DSP = Eui64.parse("90B3D51F30000002");
  private static final Eui64 SELF = Eui64.parse("90B3D51F30010000");
  private static final Eui64 HUB = Eui64.parse("00DB1234567890A2");
  private static final Eui64 OLD = Eui64.parse("00DB1234567890A4");
  private static final Eui64 FRESH = Eui64.parse("00DB1234567890B4");
  private static final Eui64 ESME = Eui64.parse("00DB1234567890A0");
  private static final Eui64 GSME = Eui64.parse("00DB1234567890A1");
  private static final Eui64 IHD = Eui64.parse("00DB1234567890A7");
  private static final TestPki PKI = TestPki.ofSeed(16);
  private static final Credentials KEYS = PKI.organisation(SELF, RemotePartyRole.SUPPLIER);
  private static final Credentials DEVICE = PKI.device(OLD);
  private static final ParameterValues<HeadEndParameter> PARAMETERS =
      ParameterValues.defaults(HeadEndParameter.class).with(HeadEndParameter.REPLACEMENT_TRIES, 2);
  private static final long START = 1_795_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final Set<Edge<ReplacementState, ReplacementStimulus>> taken = new HashSet<>();
  private final List<Request> asked = new ArrayList<>();
  private InMemoryRecordStore store = new InMemoryRecordStore();
  private RecordedEffects effects = new RecordedEffects();
  private SupplierMachine supplier = machine();
  private boolean isExpected;
  private long millis;
  private long letters;

  private SupplierMachine machine() {
    return new SupplierMachine(
        new SupplierConfig(SELF, DSP, KEYS.digitalSignatureKey(), PARAMETERS),
        store,
        DialogueTransitions.TABLE,
        ReplacementTransitions.TABLE.watchedBy(taken::add));
  }

  private Now now() {
    return new Now(millis * 1_000_000, START + millis);
  }

  private void input(Input input) {
    supplier.onInput(now(), input, effects);
    collect();
  }

  /** A request that is handed over again after a restart is the same. */
  private void collect() {
    for (Object what : effects.toWan) {
      if (what instanceof Letter.Message letter
          && letter.content() instanceof Content.ServiceCall call
          && !asked.contains(call.request())) {
        asked.add(call.request());
      }
    }
    effects.clear();
  }

  private void restart() {
    supplier = machine();
    supplier.onStart(now(), effects);
    collect();
  }

  private void pass(long by) {
    millis += by;
    supplier.onTimer(now(), effects);
    collect();
  }

  private Replacement replacement() {
    return store.load().stream()
        .filter(Replacement.class::isInstance)
        .map(Replacement.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private void told(Request request, String code, Optional<ResponseContent> content) {
    letters++;
    input(
        new Letter.Message(
            DSP,
            SELF,
            letters,
            new Content.Answer(
                new Response(
                    "5.4",
                    Optional.of(request.id()),
                    Optional.empty(),
                    new ResponseCode(code),
                    Instant.ofEpochMilli(START + millis),
                    new ResponseMessage(request.service(), content)))));
  }

  private static ReplacementPlan plan(
      DeviceType type, boolean isAnnounced, List<ReplacementPlan.Partner> partners) {
    return new ReplacementPlan(
        OLD,
        type,
        type == DeviceType.CHF ? OLD : HUB,
        FRESH,
        isAnnounced
            ? Optional.empty()
            : Optional.of(
                new InventoryRequest.DevicePrenotification(
                    FRESH,
                    "AB01",
                    "01000002",
                    type,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())),
        new Whitelist(
            90,
            Octets.fromHex("00112233445566778899AABBCCDDEEFF"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        partners,
        60);
  }

  private static List<ReplacementPlan> plans() {
    ReplacementPlan.Partner esme = new ReplacementPlan.Partner(ESME, DeviceType.ESME);
    ReplacementPlan.Partner gsme = new ReplacementPlan.Partner(GSME, DeviceType.GSME);
    ReplacementPlan.Partner ihd = new ReplacementPlan.Partner(IHD, DeviceType.IHD);
    return List.of(
        plan(DeviceType.PPMID, false, List.of(esme, gsme)),
        plan(DeviceType.HCALCS, true, List.of(esme)),
        plan(DeviceType.ESME, true, List.of()),
        plan(DeviceType.GSME, false, List.of(new ReplacementPlan.Partner(ESME, DeviceType.PPMID))),
        plan(DeviceType.CHF, true, List.of()),
        plan(DeviceType.IHD, true, List.of(esme)),
        plan(DeviceType.ESME, true, List.of(ihd)));
  }

  /** A device's message with that payload; only its payload is read by a supplier. */
  private static Optional<ResponseContent> device(
      Request request, MessageCode code, Function<Integer, Payload> payload) {
    MessageId id = request.id();
    GroupingHeader header =
        GroupingHeader.command(code, id.counter(), id.originator(), id.target()).response();
    Message message = Message.of(header, payload.apply(header.longInvokeId()));
    Message whole =
        code.signed()
            ? message.sign(DEVICE.digitalSignatureKey())
            : message.addMac(DEVICE.keyAgreementKey(), KEYS.keyAgreement().publicKey());
    return Optional.of(new ResponseContent.GbcsPayload(whole.octets()));
  }

  private static Message preCommand(Request request) {
    ServiceRequest body = request.body();
    MessageId id = request.id();
    if (body instanceof HanRequest.CommissionDevice order) {
      return HomeTransform.commission(id, order, DeviceType.ESME);
    } else if (body instanceof HanRequest.UnjoinServiceCritical unjoin) {
      return HomeTransform.unjoin(id, unjoin.otherDeviceId());
    }
    Eui64 other = ((HanRequest.JoinServiceCritical) body).otherDeviceId();
    return Message.of(
        GroupingHeader.command(MessageCode.CS03A1, id.counter(), id.originator(), id.target()),
        new JoinDevice.Command(
            JoinDevice.JoinMethodAndRole.METHOD_A_INITIATOR,
            other,
            org.hanota.gbcs.payload.DeviceType.HCALCS,
            Optional.empty()));
  }

  /** The answer that lets the replacement go on, or with {@code isGood} false the one that not. */
  private Optional<ResponseContent> answer(Request request, ServiceRequest body, boolean isGood) {
    DataAccessResult result = isGood ? DataAccessResult.SUCCESS : DataAccessResult.OTHER_REASON;
    if (body instanceof InventoryRequest.ReadInventory) {
      isExpected |= isGood;
      return Optional.of(inventory(isGood ? DeviceStatus.PENDING : DeviceStatus.COMMISSIONED));
    } else if (body instanceof HanRequest.UnjoinServiceCritical
        || body instanceof HanRequest.UnjoinServiceNonCritical) {
      return device(
          request,
          MessageCode.CS04AC,
          id ->
              new UnjoinDevice.Response(
                  isGood
                      ? UnjoinDevice.UnjoinResponseCode.OTHER_DEVICE_NOT_IN_DEVICE_LOG
                      : UnjoinDevice.UnjoinResponseCode.OTHER_FAILURE));
    } else if (body instanceof HanRequest.JoinServiceCritical
        || body instanceof HanRequest.JoinServiceNonCritical) {
      return device(
          request,
          MessageCode.CS03A1,
          id ->
              new JoinDevice.Response(
                  isGood
                      ? JoinDevice.JoinResponseCode.SUCCESS
                      : JoinDevice.JoinResponseCode.DEVICE_LOG_FULL));
    } else if (body instanceof HanRequest.UpdateHanDeviceLog update) {
      return update.whitelist().isPresent()
          ? device(
              request,
              MessageCode.CCS01,
              id -> new AddDevice.Response(id, DataAccessResult.SUCCESS, result, result))
          : device(request, MessageCode.CCS02, id -> new RemoveDevice.Response(id, result));
    } else if (body instanceof HanRequest.RestoreHanDeviceLog) {
      return device(request, MessageCode.CCS03, id -> new RestoreDeviceLog.Response(id, result));
    } else if (body instanceof HanRequest.ReadDeviceLog) {
      return device(
          request,
          MessageCode.CCS05_CCS04,
          id ->
              new ReadDeviceLog.ActiveDevices(
                  id, isGood ? List.of(Logged.device(FRESH)) : List.of(Logged.device(ESME))));
    } else if (body instanceof HanRequest.CommissionDevice) {
      return device(
          request,
          MessageCode.ECS70,
          id ->
              new SynchroniseClock.EsmeResponse(
                  id,
                  org.hanota.gbcs.field.CosemDateTime.ofUtcMillis(START),
                  0,
                  List.of(
                      DataAccessResult.SUCCESS,
                      DataAccessResult.SUCCESS,
                      result,
                      DataAccessResult.SUCCESS,
                      DataAccessResult.SUCCESS)));
    }
    return Optional.empty();
  }

  private static ResponseContent inventory(DeviceStatus status) {
    Optional<String> none = Optional.empty();
    return new ResponseContent.DspInventory(
        List.of(
            new ResponseContent.InventoryDevice(
                FRESH,
                DeviceType.ESME,
                Optional.of(status),
                "AB01",
                "01000002",
                none,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ResponseContent.Supply(none, none, none, none, none),
                new ResponseContent.Surroundings(
                    Optional.empty(), Optional.empty(), none, none, none, none, none))));
  }

  /** The body of the request to which a signed pre-command belongs. */
  private ServiceRequest body(Request request) {
    return asked.stream()
        .filter(each -> each.id().equals(request.id()))
        .findFirst()
        .orElseThrow()
        .body();
  }

  @Test
  void theDiagramInTheDocumentsIsThatOfTheTable() throws IOException {
    StateDocument.check(
        "replacement-states.md",
        "The replacement of a damaged device",
        "org.hanota.headend.supplier.ReplacementTransitions",
        ReplacementTransitions.TABLE);
  }

  @Test
  void eachEdgeIsTakenAndEveryReplacementComesToItsEnd() {
    replaceAll(400);
    assertThat(taken).containsExactlyInAnyOrderElementsOf(ReplacementTransitions.TABLE.edges());
  }

  private void replaceAll(int runs) {
    Random random = new Random(16);
    for (int run = 0; run < runs; run++) {
      store = new InMemoryRecordStore();
      asked.clear();
      effects = new RecordedEffects();
      millis = 0;
      isExpected = false;
      supplier = machine();
      supplier.onStart(now(), effects);
      input(new SupplierInput.Replace(plans().get(run % plans().size())));
      replace(random, "run " + run);
    }
  }

  private void replace(Random random, String run) {
    int answered = 0;
    for (int step = 0; step < 400 && !replacement().isOver(); step++) {
      if (random.nextInt(4) == 0) {
        restart();
      }
      if (random.nextInt(40) == 0) {
        input(new SupplierInput.AbandonReplacement(OLD, "the customer moved"));
      } else if (replacement().state() == ReplacementState.HELD) {
        input(
            random.nextInt(20) == 0
                ? new SupplierInput.AbandonReplacement(OLD, "the customer moved")
                : new SupplierInput.ResumeReplacement(OLD));
      } else if (asked.size() > answered) {
        // One request at a time, and none about the old device before the new one is expected.
        assertThat(asked).as(run).hasSize(answered + 1);
        Request next = asked.get(answered);
        answered++;
        happen(next, random.nextInt(9));
        checkOrder(next, run);
      } else {
        pass(HOUR);
      }
    }
    assertThat(replacement().isOver()).as(run + " " + replacement()).isTrue();
  }

  private void checkOrder(Request request, String run) {
    boolean isAboutOld =
        request.body() instanceof InventoryRequest.DecommissionDevice
            || request.body() instanceof HanRequest.UpdateHanDeviceLog
            || request.body() instanceof HanRequest.UnjoinServiceCritical
            || request.body() instanceof HanRequest.RestoreHanDeviceLog;
    assertThat(isAboutOld && !isExpected).as(run + " " + request).isFalse();
    assertThat(request.id().target()).as(run).isNotEqualTo(IHD);
  }

  private void happen(Request request, int what) {
    boolean isPlain = request.commandVariant() != CommandVariant.PRE_COMMAND;
    switch (what) {
      case 0 -> told(request, "E20", Optional.empty());
      case 1 -> told(request, "E21", Optional.empty());
      case 2 -> told(request, "E5", Optional.empty());
      case 3 -> {
        if (isPlain) {
          told(request, "I0", answer(request, body(request), false));
        } else {
          told(request, "E4", Optional.empty());
        }
      }
      default -> {
        if (isPlain) {
          told(request, "I0", answer(request, body(request), true));
        } else {
          told(
              request,
              "I0",
              Optional.of(new ResponseContent.PreCommand("4.0", preCommand(request).octets())));
        }
      }
    }
  }

  /** H152: what has no keys of GBCS answers no command; the DCC refuses one for it. */
  @Test
  void anIhdIsJoinedByItsMeterAlone() {
    ReplacementPlan ihd = plans().get(5);
    assertThat(ihd.requestsIn(ReplacementState.UNJOINING)).isOne();
    assertThat(ihd.requestsIn(ReplacementState.JOINING)).isOne();
    assertThat(ihd.ask(ReplacementState.JOINING, 0, DSP, Instant.EPOCH).target()).isEqualTo(ESME);
    ReplacementPlan meter = plans().get(6);
    assertThat(meter.way()).doesNotContain(ReplacementState.UNJOINING);
    assertThat(meter.requestsIn(ReplacementState.JOINING)).isOne();
    assertThat(meter.ask(ReplacementState.JOINING, 0, DSP, Instant.EPOCH).target())
        .isEqualTo(FRESH);
    assertThatThrownBy(
            () ->
                plan(
                    DeviceType.CAD,
                    true,
                    List.of(new ReplacementPlan.Partner(IHD, DeviceType.IHD))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes commands");
  }

  /** A DCC that asks for another signature than the user's request does not get it. */
  @Test
  void aPreCommandOfAnotherJoinIsNotSigned() {
    input(new SupplierInput.Replace(plans().get(1)));
    happen(asked.get(0), 8);
    Request unjoin = asked.get(1);
    told(
        unjoin,
        "I0",
        Optional.of(
            new ResponseContent.PreCommand(
                "4.0", HomeTransform.unjoin(unjoin.id(), FRESH).octets())));
    assertThat(asked).hasSize(2);
    assertThat(replacement().state()).isEqualTo(ReplacementState.HELD);
  }
}
