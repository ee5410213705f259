// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hanota.device.CommandedDesk.FILE;
import static org.hanota.device.CommandedDesk.messages;
import static org.hanota.device.CommandedDesk.messagesAfterRestart;
import static org.hanota.device.CommandedDesk.outcome;
import static org.hanota.device.CommandedDesk.receive;
import static org.hanota.device.CommandedDesk.waiting;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.device.bank.Slot;
import org.hanota.gbcs.Acceptance;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices that only a signed CS06 activates. */
class ActivateFirmwareTest {
  private long counter = 1_000;

  /** Loses its power instead of storing the counter that it waits for. */
  private static final class CutStore implements CounterStore {
    private final CounterStore kept = new InMemoryCounterStore();
    private long cutAt;

    @Override
    public OptionalLong last(Eui64 originator) {
      return kept.last(originator);
    }

    @Override
    public void store(Eui64 originator, long counter) {
      if (counter == cutAt && originator.equals(Order.SUPPLIER)) {
        cutAt = 0;
        throw new IllegalStateException("power cut");
      }
      kept.store(originator, counter);
    }
  }

  private Octets command(Octets hash, Activation activation) {
    return new Order(Order.Defect.NONE, ++counter, hash, activation).octets();
  }

  @ParameterizedTest
  @EnumSource(names = {"HCALCS", "ESME", "GSME"})
  void theSupplierIsToldOnceThatTheImageHasCome(DeviceType type) {
    Desk desk = waiting(type);
    List<Message> messages = messages(desk);
    assertThat(messages).hasSize(1);
    FirmwareDistributionReceiptAlert receipt =
        (FirmwareDistributionReceiptAlert) messages.get(0).payload();
    assertThat(receipt.alertCode()).isEqualTo(AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL);
    assertThat(receipt.manufacturerImageHash()).isEqualTo(FILE.manufacturerImageHash());
    desk.start();
    assertThat(messagesAfterRestart(desk)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"HCALCS", "ESME", "GSME"})
  void aRightCommandActivatesAtOnceAndIsAnsweredByTheNewImage(DeviceType type) {
    Desk desk = waiting(type);
    messages(desk);
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
    List<Message> messages = messagesAfterRestart(desk);
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
    assertThat(messages).hasSize(1);
    assertThat(outcome(messages.get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.SUCCESS);
    assertThat(outcome(messages.get(0)).firmwareVersion()).isEqualTo(Desk.IMAGE.fileVersion());
  }

  @Test
  void anyChangedBitOfACommandActivatesNothing() {
    Desk desk = waiting(DeviceType.HCALCS);
    Octets right = command(FILE.manufacturerImageHash(), new Activation.Now());
    for (int bit = 0; bit < right.length() * 8; bit++) {
      byte[] changed = right.toByteArray();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      receive(desk, Octets.wrap(changed));
      assertThat(desk.machine.state()).as("bit " + bit).isEqualTo(DeviceState.WAITING);
    }
    receive(desk, right);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
  }

  @Test
  void aCommandThatComesAgainIsRefusedForItsCounterAlsoAfterARestart() {
    Desk desk = waiting(DeviceType.HCALCS);
    Octets wrongHash = command(SeededRandom.of(2, 0, 0).octets(32), new Activation.Now());
    receive(desk, wrongHash);
    desk.effects.events.clear();
    receive(desk, wrongHash);
    assertThat(desk.effects.events)
        .singleElement()
        .isInstanceOfSatisfying(
            DeviceEvent.CommandRefused.class,
            event -> assertThat(event.refusal()).isEqualTo(Acceptance.Refusal.COUNTER_NOT_GREATER));
    desk.start();
    desk.work();
    desk.effects.events.clear();
    receive(desk, wrongHash);
    assertThat(desk.effects.events).singleElement().isInstanceOf(DeviceEvent.CommandRefused.class);
  }

  @Test
  void anotherHashIsAMismatchAndTheImageStays() {
    Desk desk = waiting(DeviceType.ESME);
    messages(desk);
    desk.effects.clear();
    receive(desk, command(SeededRandom.of(2, 0, 0).octets(32), new Activation.Now()));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    assertThat(outcome(messages(desk).get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.HASH_MISMATCH);
  }

  @Test
  void withoutAnImageTheAnswerSaysSo() {
    Desk desk = CommandedDesk.of(DeviceType.HCALCS).querying();
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()));
    assertThat(outcome(messages(desk).get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.NO_IMAGE_HELD);
  }

  @Test
  void aFutureDatedCommandActivatesAtItsTimeAndNotBefore() {
    Desk desk = waiting(DeviceType.ESME);
    messages(desk);
    desk.effects.clear();
    long at = Desk.UTC_MILLIS + desk.nanos / 1_000_000 + 7_200_000;
    receive(
        desk,
        command(FILE.manufacturerImageHash(), new Activation.At(GeneralizedTime.ofUtcMillis(at))));
    assertThat(messages(desk).get(0).payload())
        .isInstanceOf(ActivateFirmware.CommandAccepted.class);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.pass(7_100_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.start();
    desk.work();
    desk.pass(99_000);
    assertThat(desk.machine.state()).isIn(DeviceState.ENDING, DeviceState.COUNTING_DOWN);
    desk.pass(1_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
    ActivateFirmware.Alert alert =
        (ActivateFirmware.Alert) messagesAfterRestart(desk).get(0).payload();
    assertThat(alert.alertCode())
        .isEqualTo(AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_SUCCESSFULLY_ACTIONED);
    assertThat(alert.executionDateTime().utcMillis()).isEqualTo(at / 1000 * 1000);
  }

  @Test
  void aCancelledActivationNeverHappens() {
    Desk desk = waiting(DeviceType.ESME);
    long at = Desk.UTC_MILLIS + desk.nanos / 1_000_000 + 3_600_000;
    receive(
        desk,
        command(FILE.manufacturerImageHash(), new Activation.At(GeneralizedTime.ofUtcMillis(at))));
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Cancel()));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    desk.pass(30L * 24 * 3_600_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(desk.effects.events).noneMatch(UpdateEvent.Activating.class::isInstance);
  }

  @Test
  void aFutureDatedCommandWithoutAnImageIsReportedAtItsTime() {
    Desk desk = CommandedDesk.of(DeviceType.ESME).querying();
    long at = Desk.UTC_MILLIS + desk.nanos / 1_000_000 + 10_000;
    receive(
        desk,
        command(FILE.manufacturerImageHash(), new Activation.At(GeneralizedTime.ofUtcMillis(at))));
    messages(desk);
    desk.effects.clear();
    desk.pass(12_000);
    ActivateFirmware.Alert alert = (ActivateFirmware.Alert) messages(desk).get(0).payload();
    assertThat(alert.executionOutcome().activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.NO_IMAGE_HELD);
  }

  @Test
  void anImageThatDecaysInItsSlotIsNotActivated() {
    Desk desk = waiting(DeviceType.HCALCS);
    messages(desk);
    desk.effects.clear();
    desk.bank.write(Slot.B, 300, Octets.fromHex("FFFFFFFF"));
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()));
    desk.work();
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(outcome(messages(desk).get(0)).activateImageResponseCode())
        .isNotEqualTo(ActivateImageResponseCode.SUCCESS);
  }

  @Test
  void aNewImageThatFailsItsTestIsRolledBackAndReported() {
    Desk desk = waiting(DeviceType.HCALCS);
    messages(desk);
    desk.selfTestPasses = false;
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()));
    List<Message> messages = messagesAfterRestart(desk);
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(outcome(messages.get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.ACTIVATION_FAILURE);
  }

  @Test
  void aCommandCountsOnlyWithinTheDatesOfTheCertificatesThatItRestsOn() {
    for (Certificate relied :
        List.of(Order.SUPPLIER_KEYS.digitalSignature(), Order.BROKER_KEYS.keyAgreement())) {
      assertThat(stateAfterCommand(ending(relied, "20251231235959Z"), true))
          .isEqualTo(DeviceState.WAITING);
      assertThat(stateAfterCommand(ending(relied, "20260201000000Z"), true))
          .isEqualTo(DeviceState.SWAPPING);
      // Without a time that it trusts the device cannot tell, and is not stopped by that.
      assertThat(stateAfterCommand(ending(relied, "20251231235959Z"), false))
          .isEqualTo(DeviceState.SWAPPING);
    }
  }

  private DeviceState stateAfterCommand(Certificate instead, boolean knowsUtc) {
    Desk desk = CommandedDesk.of(DeviceType.HCALCS);
    desk.knowsUtc = knowsUtc;
    waiting(desk);
    ((InMemoryKeyStore) desk.config.gbcs().orElseThrow().keys()).trust(instead);
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()));
    if (desk.machine.state() == DeviceState.WAITING) {
      assertThat(desk.effects.events(DeviceEvent.CommandRefused.class))
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.detail())
                      .contains(instead.toString(), "2025-12-31T23:59:59Z", "2026-01-01T"));
    }
    return desk.machine.state();
  }

  /** The same certificate with another end; nothing here checks who issued it. */
  private static Certificate ending(Certificate certificate, String end) {
    String forEver = hex("99991231235959Z");
    String octets = certificate.encoded().toHex();
    assertThat(octets).containsOnlyOnce(forEver);
    return Certificate.parse(Octets.fromHex(octets.replace(forEver, hex(end))));
  }

  private static String hex(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.US_ASCII)).toHex();
  }

  @Test
  void anotherSupplierThatTheDeviceTrustsActivatesNothing() {
    Desk desk = waiting(DeviceType.HCALCS);
    receive(
        desk,
        new Order(
                Order.Defect.OTHER_SUPPLIER, 1, FILE.manufacturerImageHash(), new Activation.Now())
            .octets());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    assertThat(desk.effects.events(DeviceEvent.CommandRefused.class))
        .extracting(DeviceEvent.CommandRefused::refusal)
        .containsExactly(Acceptance.Refusal.ORIGINATOR_NOT_ALLOWED);
  }

  @Test
  void aCommandThatComesDuringTheVerificationWaitsForItsResult() {
    Desk desk = waiting(DeviceType.HCALCS);
    messages(desk);
    desk.start();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.VERIFYING);
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.VERIFYING);
    List<Message> messages = messagesAfterRestart(desk);
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
    assertThat(messages).hasSize(1);
    assertThat(outcome(messages.get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.SUCCESS);
  }

  @Test
  void aCommandThatComesDuringTheVerificationOfAnotherImageNamesAMismatch() {
    Desk desk = waiting(DeviceType.HCALCS);
    messages(desk);
    desk.start();
    receive(desk, command(SeededRandom.of(2, 0, 0).octets(32), new Activation.Now()));
    List<Message> messages = messagesAfterRestart(desk);
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(outcome(messages.get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.HASH_MISMATCH);
  }

  @Test
  void aCommandThatComesDuringAVerificationThatFailsFindsNoImage() {
    Desk desk = waiting(DeviceType.HCALCS);
    messages(desk);
    desk.bank.write(Slot.B, 300, Octets.fromHex("FFFFFFFF"));
    desk.start();
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()));
    desk.work();
    desk.input(new Input.ServerFound(Desk.HUB));
    assertThat(messages(desk))
        .extracting(message -> outcome(message).activateImageResponseCode())
        .containsExactly(ActivateImageResponseCode.NO_IMAGE_HELD);
    desk.pass(3_600_000);
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
  }

  @Test
  void aPowerCutBeforeTheCounterIsStoredNeitherLosesTheCommandNorTakesItTwice() {
    CutStore counters = new CutStore();
    Desk desk = waiting(CommandedDesk.of(DeviceType.HCALCS, UnaryOperator.identity(), counters));
    messages(desk);
    Octets order = command(FILE.manufacturerImageHash(), new Activation.Now());
    counters.cutAt = counter;
    assertThatThrownBy(() -> receive(desk, order)).hasMessage("power cut");
    desk.start();
    assertThat(counters.last(Order.SUPPLIER)).hasValue(counter);
    List<Message> messages = messagesAfterRestart(desk);
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
    assertThat(messages).hasSize(1);
    desk.effects.events.clear();
    receive(desk, order);
    assertThat(desk.effects.events).singleElement().isInstanceOf(DeviceEvent.CommandRefused.class);
  }

  @Test
  void aCommandWhoseAnswerIsKeptIsNotTakenAgainAfterAPowerCutEither() {
    CutStore counters = new CutStore();
    Desk desk = CommandedDesk.of(DeviceType.HCALCS, UnaryOperator.identity(), counters).querying();
    Octets order = command(FILE.manufacturerImageHash(), new Activation.Now());
    counters.cutAt = counter;
    assertThatThrownBy(() -> receive(desk, order)).hasMessage("power cut");
    desk.start();
    desk.work();
    desk.effects.events.clear();
    receive(desk, order);
    assertThat(desk.effects.events).singleElement().isInstanceOf(DeviceEvent.CommandRefused.class);
  }
}
