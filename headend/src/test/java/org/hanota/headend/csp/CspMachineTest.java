// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.TransitionTable;
import org.hanota.api.machine.TransitionTable.Edge;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.letter.DeliveryEnd;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.testing.RecordedEffects;
import org.hanota.testing.StateDocument;
import org.junit.jupiter.api.Test;

class CspMachineTest {
  private static final Eui64 CSP = Eui64.parse("90B3D51F30000006");
  private static final Eui64 DSP = Eui64.parse("90B3D51F30000002");
  private static final Eui64 HUB = Eui64.parse("00DB1234567890A2");
  private static final Eui64 OTHER_HUB = Eui64.parse("00DB1234567890B2");
  private static final Eui64 DEVICE = Eui64.parse("00DB1234567890A0");
  private static final ParameterValues<HeadEndParameter> PARAMETERS =
      ParameterValues.defaults(HeadEndParameter.class);
  private static final long RETRY = PARAMETERS.get(HeadEndParameter.WAN_RETRY);
  private static final long START = 1_795_000_000_000L;

  private final InMemoryRecordStore store = new InMemoryRecordStore();
  private final RecordedEffects effects = new RecordedEffects();
  private final Set<Edge<ConsignmentState, ConsignmentStimulus>> taken = new HashSet<>();
  private TransitionTable<ConsignmentState, ConsignmentStimulus, ConsignmentStep> table =
      CspTransitions.TABLE;
  private CspMachine csp = machine();
  private long millis;
  private long letters;

  private CspMachine machine() {
    return new CspMachine(new CspConfig(CSP, DSP, PARAMETERS), store, table.watchedBy(taken::add));
  }

  private Now now() {
    return new Now(millis * 1_000_000, START + millis);
  }

  private void input(Input input) {
    csp.onInput(now(), input, effects);
  }

  private void pass(long more) {
    millis += more;
    csp.onTimer(now(), effects);
  }

  private void image(Eui64 hub, String name, ReasonClass reason) {
    WanLink.Load.Image image =
        new WanLink.Load.Image(name, Octets.fromHex("00"), List.of(DEVICE), new UpgradeTime.Held());
    deliver(hub, name, reason, new Delivery.Load.Image(image));
  }

  private void deliver(Eui64 hub, String name, ReasonClass reason, Delivery.Load load) {
    MessageId request = new MessageId(DSP, DEVICE, 1);
    Delivery delivery =
        new Delivery(new Delivery.Id(request, hub, name), reason, START + 10 * RETRY, load);
    letters++;
    input(new Letter.Message(DSP, CSP, letters, new Content.Deliver(delivery)));
  }

  /** What was sent to hubs since this was asked last. */
  private List<String> sent() {
    List<String> names =
        effects.toWan.stream()
            .filter(ToHub.class::isInstance)
            .map(ToHub.class::cast)
            .map(
                sent ->
                    sent.number()
                        + " "
                        + (sent.load() instanceof Delivery.Load.Image image
                            ? image.image().name()
                            : "command"))
            .toList();
    effects.toWan.removeIf(ToHub.class::isInstance);
    return names;
  }

  private List<DeliveryEnd> ends() {
    List<DeliveryEnd> ends = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    effects.toWan.stream()
        .filter(Letter.Message.class::isInstance)
        .map(Letter.Message.class::cast)
        .filter(letter -> letter.content() instanceof Content.Ended && seen.add(letter.number()))
        .forEach(letter -> ends.add(((Content.Ended) letter.content()).end()));
    return ends;
  }

  @Test
  void theDiagramInTheDocumentsIsThatOfTheTable() throws IOException {
    StateDocument.check(
        "csp-states.md",
        "Something on its way to a hub at the CSP",
        "org.hanota.headend.csp.CspTransitions",
        CspTransitions.TABLE);
  }

  @Test
  void oneImageAtATimeGoesToAHubAndWhatIsForSecurityGoesFirst() {
    image(HUB, "function", ReasonClass.FUNCTION);
    image(HUB, "defect", ReasonClass.DEFECT);
    image(HUB, "security", ReasonClass.SECURITY);
    image(OTHER_HUB, "elsewhere", ReasonClass.FUNCTION);
    deliver(
        HUB, "CS06", ReasonClass.FUNCTION, new Delivery.Load.Command(DEVICE, Octets.fromHex("00")));
    assertThat(sent()).containsExactly("1 function", "4 elsewhere", "5 command");
    input(new CspInput.HubTook(HUB, 1));
    assertThat(sent()).containsExactly("3 security");
    input(new CspInput.HubTook(HUB, 3));
    assertThat(sent()).containsExactly("2 defect");
  }

  @Test
  void eachDeliveryHasOneEndAndEachEdgeIsTaken() {
    eachDeliveryHasOneEnd();
    assertThat(taken).containsExactlyInAnyOrderElementsOf(CspTransitions.TABLE.edges());
  }

  /** A table that lacks an edge does not bring each delivery to its end. */
  @Test
  void noEdgeCanBeLeftOutUnseen() {
    for (Edge<ConsignmentState, ConsignmentStimulus> edge : CspTransitions.TABLE.edges()) {
      CspMachineTest planted = new CspMachineTest();
      planted.table = CspTransitions.TABLE.without(edge.from(), edge.stimulus());
      planted.csp = planted.machine();
      assertThatThrownBy(planted::eachDeliveryHasOneEnd)
          .as(edge.toString())
          .isInstanceOf(AssertionError.class);
    }
  }

  private void eachDeliveryHasOneEnd() {
    image(HUB, "taken", ReasonClass.DEFECT);
    image(HUB, "refused", ReasonClass.DEFECT);
    image(HUB, "silent", ReasonClass.DEFECT);
    image(HUB, "withdrawn", ReasonClass.FUNCTION);
    Delivery.Load.Command command = new Delivery.Load.Command(DEVICE, Octets.fromHex("00"));
    deliver(HUB, "taken late", ReasonClass.FUNCTION, command);
    deliver(HUB, "refused late", ReasonClass.FUNCTION, command);
    input(new CspInput.HubTook(OTHER_HUB, 1)); // Which is not its own.
    assertThat(ends()).isEmpty();
    input(new CspInput.HubTook(HUB, 1));
    input(new CspInput.HubTook(HUB, 1));
    input(new CspInput.HubRefused(HUB, 2, "no room"));
    withdraw();
    sent();
    pass(RETRY);
    // The third was sent, and is not sent again.
    assertThat(sent()).isEmpty();
    input(new CspInput.HubTook(HUB, 5));
    input(new CspInput.HubRefused(HUB, 6, "too late"));
    image(OTHER_HUB, "first", ReasonClass.DEFECT);
    image(OTHER_HUB, "never sent", ReasonClass.DEFECT);
    sent();
    pass(RETRY);
    assertThat(sent()).containsExactly("7 first");
    pass(8 * RETRY);
    assertThat(ends())
        .containsExactly(
            new DeliveryEnd.Delivered(),
            new DeliveryEnd.Refused("no room"),
            new DeliveryEnd.Withdrawn("stop"),
            new DeliveryEnd.Delivered(),
            new DeliveryEnd.Refused("too late"),
            new DeliveryEnd.TimedOut(),
            new DeliveryEnd.Unknown(),
            new DeliveryEnd.TimedOut());
  }

  @Test
  void aRestartSendsAgainWhatTheHubHasNotConfirmedAndOnlyThat() {
    image(HUB, "one", ReasonClass.DEFECT);
    image(HUB, "two", ReasonClass.DEFECT);
    input(new CspInput.HubTook(HUB, 1));
    sent();
    effects.clear();
    csp = machine();
    csp.onStart(now(), effects);
    assertThat(ends()).containsExactly(new DeliveryEnd.Delivered());
    pass(RETRY);
    assertThat(sent()).containsExactly("2 two");
    input(new Letter.Confirmed(DSP, CSP, 1, Optional.empty()));
    effects.clear();
    csp = machine();
    csp.onStart(now(), effects);
    assertThat(ends()).isEmpty();
  }

  private void withdraw() {
    letters++;
    input(
        new Letter.Message(
            DSP,
            CSP,
            letters,
            new Content.Withdraw(new MessageId(DSP, DEVICE, 1), Optional.of(HUB), "stop")));
  }

  @Test
  void whatWasTakenBackIsNotSentToAHubThatComesLater() {
    image(HUB, "away", ReasonClass.DEFECT);
    assertThat(sent()).containsExactly("1 away");
    withdraw();
    assertThat(effects.toWan).contains(new Recalled(HUB, 1));
    pass(RETRY);
    input(new CspInput.HubCame(HUB));
    assertThat(sent()).isEmpty();
    csp = machine();
    csp.onStart(now(), effects);
    pass(RETRY);
    input(new CspInput.HubCame(HUB));
    assertThat(sent()).isEmpty();
    // Its place is free at once, and a hub that had got it may still say so.
    image(HUB, "next", ReasonClass.DEFECT);
    assertThat(sent()).containsExactly("2 next");
    input(new CspInput.HubTook(HUB, 1));
    assertThat(ends()).containsExactly(new DeliveryEnd.Delivered());
  }

  /** Its word that it took it may have been lost, and it is not asked again. */
  @Test
  void whatWasTakenBackFromASilentHubHasAnUnknownEndAndWhatNeverLeftHasNot() {
    image(HUB, "away", ReasonClass.DEFECT);
    image(HUB, "here", ReasonClass.DEFECT);
    assertThat(sent()).containsExactly("1 away");
    withdraw();
    assertThat(ends()).containsExactly(new DeliveryEnd.Withdrawn("stop"));
    csp = machine();
    csp.onStart(now(), effects);
    pass(10 * RETRY);
    assertThat(sent()).isEmpty();
    assertThat(ends())
        .containsExactly(new DeliveryEnd.Withdrawn("stop"), new DeliveryEnd.Unknown());
  }

  @Test
  void aHubThatComesGetsAtOnceWhatItHasNotConfirmed() {
    image(HUB, "one", ReasonClass.DEFECT);
    image(OTHER_HUB, "elsewhere", ReasonClass.DEFECT);
    deliver(
        HUB, "CS06", ReasonClass.FUNCTION, new Delivery.Load.Command(DEVICE, Octets.fromHex("00")));
    assertThat(sent()).hasSize(3);
    input(new CspInput.HubCame(HUB));
    assertThat(sent()).containsExactly("1 one", "3 command");
    input(new CspInput.HubTook(HUB, 1));
    input(new CspInput.HubCame(HUB));
    assertThat(sent()).containsExactly("3 command");
  }

  @Test
  void aLetterThatComesTwiceBeginsOneDelivery() {
    image(HUB, "one", ReasonClass.DEFECT);
    input(new CspInput.HubTook(HUB, 1));
    sent();
    letters = 0;
    image(HUB, "one", ReasonClass.DEFECT);
    assertThat(sent()).isEmpty();
    // Asked for again, it goes again; and what has ended long ago is not kept.
    image(HUB, "one", ReasonClass.DEFECT);
    assertThat(sent()).containsExactly("2 one");
    pass(PARAMETERS.get(HeadEndParameter.WAN_TIMEOUT) + 1);
    assertThat(store.load().stream().filter(Consignment.class::isInstance)).hasSize(1);
  }

  @Test
  void whatAHubSaysIsHandedOnUntilItIsConfirmed() {
    input(new CspInput.HubSaid(HUB, Octets.fromHex("df")));
    effects.clear();
    pass(PARAMETERS.get(HeadEndParameter.LETTER_RETRY));
    Letter.Message letter = (Letter.Message) effects.toWan.get(0);
    assertThat(letter.content()).isEqualTo(new Content.FromHub(HUB, Octets.fromHex("df")));
    input(new Letter.Confirmed(CSP, CSP, letter.number(), Optional.empty()));
    input(new Letter.Confirmed(DSP, CSP, letter.number(), Optional.empty()));
    effects.clear();
    pass(PARAMETERS.get(HeadEndParameter.LETTER_RETRY));
    assertThat(effects.toWan).isEmpty();
    assertThat(effects.wakeAt).isEqualTo(Long.MAX_VALUE);
  }
}
