// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.device.bank.Slot;
import org.hanota.gbcs.Acceptance;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.keys.P256PrivateKey;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices that only a signed CS06 activates. */
class ActivateFirmwareTest {
  private static final Eui64 SUPPLIER = new Eui64(0x90B3D51F30010000L);
  private static final Eui64 BROKER = new Eui64(0x90B3D51F30000002L);
  private static final TestPki PKI = TestPki.ofSeed(1);
  private static final Credentials SUPPLIER_KEYS =
      PKI.organisation(SUPPLIER, RemotePartyRole.SUPPLIER);
  private static final Credentials BROKER_KEYS =
      PKI.organisation(BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER);
  private static final P256PrivateKey IMAGE_KEY = P256PrivateKey.fromSeed(Octets.fromHex("01"));
  static final GbMeterFile FILE =
      GbMeterFile.sign(
          OtaHeader.of(Desk.IMAGE).withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF)),
          SeededRandom.of(1, 0, 0).octets(600),
          false,
          IMAGE_KEY);
  static final Octets OCTETS = FILE.octets().octets(0, (int) FILE.octets().size());

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
      if (counter == cutAt && originator.equals(SUPPLIER)) {
        cutAt = 0;
        throw new IllegalStateException("power cut");
      }
      kept.store(originator, counter);
    }
  }

  static Desk desk(DeviceType type) {
    return desk(type, UnaryOperator.identity());
  }

  static Desk desk(DeviceType type, UnaryOperator<DeviceParameters> change) {
    return desk(type, change, new InMemoryCounterStore());
  }

  private static Desk desk(
      DeviceType type, UnaryOperator<DeviceParameters> change, CounterStore counters) {
    return new Desk(
        type,
        change,
        Verifier.authorisingSignature(IMAGE_KEY.publicKey()),
        Optional.of(
            new GbcsConfig(
                SUPPLIER,
                BROKER,
                new InMemoryKeyStore()
                    .trust(SUPPLIER_KEYS)
                    .trust(BROKER_KEYS)
                    .hold(PKI.device(Desk.SELF)),
                counters,
                GbcsConfig.receiptAlert(type),
                1)));
  }

  /** Verified, the server told, and waiting for a command. */
  static Desk waiting(DeviceType type) {
    return waiting(desk(type));
  }

  private static Desk waiting(Desk desk) {
    desk.querying();
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, OCTETS.length()));
    desk.work();
    while (desk.machine.state() == DeviceState.DOWNLOADING
        && desk.last() instanceof ImageBlockRequest request) {
      int length =
          (int) Math.min(request.maximumDataSize(), OCTETS.length() - request.fileOffset());
      desk.receive(
          new ImageBlockResponse.Success(
              Desk.IMAGE, request.fileOffset(), OCTETS.slice((int) request.fileOffset(), length)));
    }
    desk.work();
    desk.receive(new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.INVALID, ZigBeeTime.INVALID));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    return desk;
  }

  private Message command(Octets hash, Activation activation) {
    return command(++counter, hash, activation);
  }

  static Message command(long counter, Octets hash, Activation activation) {
    return Message.of(
            GroupingHeader.command(MessageCode.CS06, counter, SUPPLIER, Desk.SELF),
            new ActivateFirmware.Command(hash, counter, activation))
        .sign(SUPPLIER_KEYS.digitalSignatureKey())
        .addMac(BROKER_KEYS.keyAgreementKey(), PKI.device(Desk.SELF).keyAgreement().publicKey());
  }

  static void receive(Desk desk, Octets command) {
    desk.receive(new Tunnelled(Direction.CLIENT_TO_SERVER, 1, command));
  }

  /** Delivers what the device has to say, one after the other, and returns it. */
  static List<Message> told(Desk desk) {
    List<Message> told = new ArrayList<>();
    Optional<RecordedSent> next = tunnelled(desk, 0);
    int at = 0;
    while (next.isPresent()) {
      told.add(Message.parse(next.get().octets()));
      desk.machine.onSent(desk.now(), next.get().sendId(), SendResult.DELIVERED, desk.effects);
      at = next.get().index() + 1;
      next = tunnelled(desk, at);
    }
    return told;
  }

  private record RecordedSent(int index, long sendId, Octets octets) {}

  private static Optional<RecordedSent> tunnelled(Desk desk, int from) {
    for (int i = from; i < desk.effects.sent.size(); i++) {
      if (desk.effects.sent.get(i).message() instanceof Tunnelled message) {
        return Optional.of(
            new RecordedSent(i, desk.effects.sent.get(i).sendId(), message.octets()));
      }
    }
    return Optional.empty();
  }

  static ActivateFirmware.ExecutionOutcome outcome(Message message) {
    return (ActivateFirmware.ExecutionOutcome) message.payload();
  }

  /** Starts, tries, confirms, finds its hub and tells it. */
  static List<Message> toldAfterRestart(Desk desk) {
    desk.work();
    desk.input(new DeviceInput.QueryNow());
    desk.input(new Input.ServerFound(Desk.HUB));
    return told(desk);
  }

  @ParameterizedTest
  @EnumSource(names = {"HCALCS", "ESME", "GSME"})
  void theSupplierIsToldOnceThatTheImageHasCome(DeviceType type) {
    Desk desk = waiting(type);
    List<Message> told = told(desk);
    assertThat(told).hasSize(1);
    FirmwareDistributionReceiptAlert receipt =
        (FirmwareDistributionReceiptAlert) told.get(0).payload();
    assertThat(receipt.alertCode()).isEqualTo(AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL);
    assertThat(receipt.manufacturerImageHash()).isEqualTo(FILE.manufacturerImageHash());
    desk.start();
    assertThat(toldAfterRestart(desk)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"HCALCS", "ESME", "GSME"})
  void aRightCommandActivatesAtOnceAndIsAnsweredByTheNewImage(DeviceType type) {
    Desk desk = waiting(type);
    told(desk);
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()).octets());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
    List<Message> told = toldAfterRestart(desk);
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
    assertThat(told).hasSize(1);
    assertThat(outcome(told.get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.SUCCESS);
    assertThat(outcome(told.get(0)).firmwareVersion()).isEqualTo(Desk.IMAGE.fileVersion());
  }

  @Test
  void anyChangedBitOfACommandActivatesNothing() {
    Desk desk = waiting(DeviceType.HCALCS);
    Octets right = command(FILE.manufacturerImageHash(), new Activation.Now()).octets();
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
    Octets wrongHash = command(SeededRandom.of(2, 0, 0).octets(32), new Activation.Now()).octets();
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
    told(desk);
    desk.effects.clear();
    receive(desk, command(SeededRandom.of(2, 0, 0).octets(32), new Activation.Now()).octets());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    assertThat(outcome(told(desk).get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.HASH_MISMATCH);
  }

  @Test
  void withoutAnImageTheAnswerSaysSo() {
    Desk desk = desk(DeviceType.HCALCS).querying();
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()).octets());
    assertThat(outcome(told(desk).get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.NO_IMAGE_HELD);
  }

  @Test
  void aFutureDatedCommandActivatesAtItsTimeAndNotBefore() {
    Desk desk = waiting(DeviceType.ESME);
    told(desk);
    desk.effects.clear();
    long at = Desk.UTC_MILLIS + desk.nanos / 1_000_000 + 7_200_000;
    receive(
        desk,
        command(FILE.manufacturerImageHash(), new Activation.At(GeneralizedTime.ofUtcMillis(at)))
            .octets());
    assertThat(told(desk).get(0).payload()).isInstanceOf(ActivateFirmware.CommandAccepted.class);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.pass(7_100_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.start();
    desk.work();
    desk.pass(99_000);
    assertThat(desk.machine.state()).isIn(DeviceState.ENDING, DeviceState.COUNTING_DOWN);
    desk.pass(1_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
    ActivateFirmware.Alert alert = (ActivateFirmware.Alert) toldAfterRestart(desk).get(0).payload();
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
        command(FILE.manufacturerImageHash(), new Activation.At(GeneralizedTime.ofUtcMillis(at)))
            .octets());
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Cancel()).octets());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    desk.pass(30L * 24 * 3_600_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(desk.effects.events).noneMatch(UpdateEvent.Activating.class::isInstance);
  }

  @Test
  void aFutureDatedCommandWithoutAnImageIsReportedAtItsTime() {
    Desk desk = desk(DeviceType.ESME).querying();
    long at = Desk.UTC_MILLIS + desk.nanos / 1_000_000 + 10_000;
    receive(
        desk,
        command(FILE.manufacturerImageHash(), new Activation.At(GeneralizedTime.ofUtcMillis(at)))
            .octets());
    told(desk);
    desk.effects.clear();
    desk.pass(12_000);
    ActivateFirmware.Alert alert = (ActivateFirmware.Alert) told(desk).get(0).payload();
    assertThat(alert.executionOutcome().activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.NO_IMAGE_HELD);
  }

  @Test
  void anImageThatDecaysInItsSlotIsNotActivated() {
    Desk desk = waiting(DeviceType.HCALCS);
    told(desk);
    desk.effects.clear();
    desk.bank.write(Slot.B, 300, Octets.fromHex("FFFFFFFF"));
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()).octets());
    desk.work();
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(outcome(told(desk).get(0)).activateImageResponseCode())
        .isNotEqualTo(ActivateImageResponseCode.SUCCESS);
  }

  @Test
  void aNewImageThatFailsItsTestIsRolledBackAndReported() {
    Desk desk = waiting(DeviceType.HCALCS);
    told(desk);
    desk.selfTestPasses = false;
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()).octets());
    List<Message> told = toldAfterRestart(desk);
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(outcome(told.get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.ACTIVATION_FAILURE);
  }

  @Test
  void aCommandCountsOnlyWithinTheDatesOfTheCertificatesThatItRestsOn() {
    for (Certificate relied :
        List.of(SUPPLIER_KEYS.digitalSignature(), BROKER_KEYS.keyAgreement())) {
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
    Desk desk = desk(DeviceType.HCALCS);
    desk.knowsUtc = knowsUtc;
    waiting(desk);
    ((InMemoryKeyStore) desk.config.gbcs().orElseThrow().keys()).trust(instead);
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()).octets());
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
    Eui64 other = new Eui64(0x90B3D51F30020000L);
    Credentials keys = PKI.organisation(other, RemotePartyRole.SUPPLIER);
    Desk desk = waiting(DeviceType.HCALCS);
    ((InMemoryKeyStore) desk.config.gbcs().orElseThrow().keys()).trust(keys);
    Message order =
        Message.of(
                GroupingHeader.command(MessageCode.CS06, 1, other, Desk.SELF),
                new ActivateFirmware.Command(FILE.manufacturerImageHash(), 1, new Activation.Now()))
            .sign(keys.digitalSignatureKey())
            .addMac(
                BROKER_KEYS.keyAgreementKey(), PKI.device(Desk.SELF).keyAgreement().publicKey());
    receive(desk, order.octets());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    assertThat(desk.effects.events(DeviceEvent.CommandRefused.class))
        .extracting(DeviceEvent.CommandRefused::refusal)
        .containsExactly(Acceptance.Refusal.ORIGINATOR_NOT_ALLOWED);
  }

  @Test
  void aCommandThatComesDuringTheVerificationWaitsForItsResult() {
    Desk desk = waiting(DeviceType.HCALCS);
    told(desk);
    desk.start();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.VERIFYING);
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()).octets());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.VERIFYING);
    List<Message> told = toldAfterRestart(desk);
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
    assertThat(told).hasSize(1);
    assertThat(outcome(told.get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.SUCCESS);
  }

  @Test
  void aCommandThatComesDuringTheVerificationOfAnotherImageNamesAMismatch() {
    Desk desk = waiting(DeviceType.HCALCS);
    told(desk);
    desk.start();
    receive(desk, command(SeededRandom.of(2, 0, 0).octets(32), new Activation.Now()).octets());
    List<Message> told = toldAfterRestart(desk);
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(outcome(told.get(0)).activateImageResponseCode())
        .isEqualTo(ActivateImageResponseCode.HASH_MISMATCH);
  }

  @Test
  void aCommandThatComesDuringAVerificationThatFailsFindsNoImage() {
    Desk desk = waiting(DeviceType.HCALCS);
    told(desk);
    desk.bank.write(Slot.B, 300, Octets.fromHex("FFFFFFFF"));
    desk.start();
    receive(desk, command(FILE.manufacturerImageHash(), new Activation.Now()).octets());
    desk.work();
    desk.input(new Input.ServerFound(Desk.HUB));
    assertThat(told(desk))
        .extracting(message -> outcome(message).activateImageResponseCode())
        .containsExactly(ActivateImageResponseCode.NO_IMAGE_HELD);
    desk.pass(3_600_000);
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
  }

  @Test
  void aPowerCutBeforeTheCounterIsStoredNeitherLosesTheCommandNorTakesItTwice() {
    CutStore counters = new CutStore();
    Desk desk = waiting(desk(DeviceType.HCALCS, UnaryOperator.identity(), counters));
    told(desk);
    Octets order = command(FILE.manufacturerImageHash(), new Activation.Now()).octets();
    counters.cutAt = counter;
    assertThatThrownBy(() -> receive(desk, order)).hasMessage("power cut");
    desk.start();
    assertThat(counters.last(SUPPLIER)).hasValue(counter);
    List<Message> told = toldAfterRestart(desk);
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
    assertThat(told).hasSize(1);
    desk.effects.events.clear();
    receive(desk, order);
    assertThat(desk.effects.events).singleElement().isInstanceOf(DeviceEvent.CommandRefused.class);
  }

  @Test
  void aCommandWhoseAnswerIsKeptIsNotTakenAgainAfterAPowerCutEither() {
    CutStore counters = new CutStore();
    Desk desk = desk(DeviceType.HCALCS, UnaryOperator.identity(), counters).querying();
    Octets order = command(FILE.manufacturerImageHash(), new Activation.Now()).octets();
    counters.cutAt = counter;
    assertThatThrownBy(() -> receive(desk, order)).hasMessage("power cut");
    desk.start();
    desk.work();
    desk.effects.events.clear();
    receive(desk, order);
    assertThat(desk.effects.events).singleElement().isInstanceOf(DeviceEvent.CommandRefused.class);
  }
}
