// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.HardwareVersion;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.ToWan;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.gbcs.Envelope;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.junit.jupiter.api.Test;

/** The hub's end of GBCS: slots, CCS08 with its four reasons, and the way through. */
class HubGbcsTest {
  private static final Eui64 SUPPLIER = new Eui64(0x90B3D51F30010000L);

  private static Counter counter() {
    return counter(p -> p);
  }

  private static Counter counter(UnaryOperator<HubParameters> change) {
    return new Counter(p -> change.apply(p.with(HubParameter.SERVES_UNASKED, false)))
        .inGbcs()
        .start();
  }

  private static Octets meter(FileVersion version, boolean forceReplace) {
    GbMeterFile file =
        GbMeterFile.sign(
            OtaHeader.of(Counter.IMAGE.withVersion(version))
                .withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF)),
            SeededRandom.of(version.value(), 0, 0).octets(300),
            forceReplace,
            P256PrivateKey.fromSeed(Octets.fromHex("01")));
    return file.octets().octets(0, (int) file.octets().size());
  }

  private static void image(Counter counter, Octets file, FileKind kind, int device) {
    counter.effects.clear();
    counter.input(
        new HubInput.ImageFromWan(
            OtaHeader.read(file).image().toString(),
            file,
            kind,
            List.of(Counter.device(device)),
            new UpgradeTime.Held()));
  }

  private static List<Message> toWan(Counter counter) {
    List<Message> messages = new ArrayList<>();
    for (ToWan what : counter.effects.toWan) {
      if (what instanceof ToWan.GbcsMessage message) {
        messages.add(Message.parse(message.octets()));
      }
    }
    return messages;
  }

  private static TransferResponseCode reason(Counter counter) {
    List<Message> messages = toWan(counter);
    assertThat(messages).hasSize(1);
    return ((FirmwareTransferAlert) messages.get(0).payload()).responseCode();
  }

  @Test
  void aTransferThatEndsWellIsToldOnce() {
    Counter counter = counter();
    image(counter, Counter.FILE, FileKind.ZIGBEE, 1);
    counter.query(1);
    counter.block(1, 0);
    counter.end(1, ZclStatus.SUCCESS);
    assertThat(reason(counter)).isEqualTo(TransferResponseCode.SUCCESS);
    counter.end(1, ZclStatus.SUCCESS);
    assertThat(toWan(counter)).isEmpty();
  }

  @Test
  void aTransferWhoseEndWasNotHeardIsToldWhenTheImageRuns() {
    Counter counter = counter();
    image(counter, Counter.FILE, FileKind.ZIGBEE, 1);
    counter.query(1);
    counter.block(1, 0);
    counter.query(1, Counter.IMAGE, Optional.empty());
    assertThat(reason(counter)).isEqualTo(TransferResponseCode.SUCCESS);
    counter.query(1, Counter.IMAGE, Optional.empty());
    assertThat(toWan(counter)).isEmpty();
  }

  @Test
  void aTransferThatFailsIsTold() {
    Counter counter = counter();
    image(counter, Counter.FILE, FileKind.ZIGBEE, 1);
    counter.query(1);
    counter.block(1, 0);
    counter.end(1, ZclStatus.INVALID_IMAGE);
    assertThat(reason(counter)).isEqualTo(TransferResponseCode.FILE_TRANSFER_FAILURE);
  }

  @Test
  void hardwareThatDoesNotFitIsToldAndOfferedNothing() {
    Counter counter = counter();
    image(counter, meter(Counter.IMAGE.fileVersion(), false), FileKind.GB_METER, 1);
    counter.query(1, Counter.BEFORE, Optional.of(new HardwareVersion(0x0300)));
    assertThat(reason(counter)).isEqualTo(TransferResponseCode.HARDWARE_VERSION_MISMATCH);
    assertThat(counter.machine.status().devices().get(0).phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  void aSecondImageForASlotInUseIsDiscardedUnlessItForcesItsWay() {
    Counter counter = counter();
    FileVersion next = new FileVersion(Counter.IMAGE.fileVersion().value() + 1);
    image(counter, meter(Counter.IMAGE.fileVersion(), false), FileKind.GB_METER, 1);
    image(counter, meter(next, false), FileKind.GB_METER, 2);
    assertThat(reason(counter)).isEqualTo(TransferResponseCode.IMAGE_DISCARDED);
    assertThat(toWan(counter).get(0).payload())
        .isInstanceOfSatisfying(
            FirmwareTransferAlert.class,
            alert -> assertThat(alert.firmwareVersion()).isEqualTo(next));
    image(counter, meter(next, true), FileKind.GB_METER, 2);
    assertThat(toWan(counter).get(0).payload())
        .isInstanceOfSatisfying(
            FirmwareTransferAlert.class,
            alert -> {
              assertThat(alert.entityId()).isEqualTo(Counter.device(1).address());
              assertThat(alert.firmwareVersion()).isEqualTo(Counter.IMAGE.fileVersion());
            });
    assertThat(counter.machine.catalogue())
        .extracting(held -> held.image().fileVersion())
        .contains(next)
        .doesNotContain(Counter.IMAGE.fileVersion());
  }

  @Test
  void moreSlotsHoldMoreImagesOfOneModelAndTheFirstThatCameGoesFirst() {
    Counter counter = counter(p -> p.with(HubParameter.IMAGE_SLOTS, 2));
    counter.images.remove(counter.images.images().get(0).sha256());
    FileVersion first = Counter.IMAGE.fileVersion();
    FileVersion second = new FileVersion(first.value() + 1);
    FileVersion third = new FileVersion(first.value() + 2);
    image(counter, meter(first, false), FileKind.GB_METER, 1);
    image(counter, meter(second, false), FileKind.GB_METER, 2);
    assertThat(versions(counter)).containsExactly(first, second);
    image(counter, meter(third, false), FileKind.GB_METER, 3);
    assertThat(reason(counter)).isEqualTo(TransferResponseCode.IMAGE_DISCARDED);
    assertThat(versions(counter)).containsExactly(first, second);
    image(counter, meter(third, true), FileKind.GB_METER, 3);
    assertThat(versions(counter)).containsExactly(second, third);
    assertThat(counter.phase(1)).isEqualTo(Phase.IDLE);
    assertThat(counter.phase(2)).isNotEqualTo(Phase.IDLE);
  }

  private static List<FileVersion> versions(Counter counter) {
    return counter.machine.catalogue().stream().map(held -> held.image().fileVersion()).toList();
  }

  @Test
  void whatIsNoImageIsDiscardedByName() {
    Counter counter = counter();
    counter.input(
        new HubInput.ImageFromWan(
            "letter",
            Octets.fromHex("00".repeat(100)),
            FileKind.GB_METER,
            List.of(),
            new UpgradeTime.Held()));
    assertThat(counter.effects.events)
        .anySatisfy(
            event ->
                assertThat(event)
                    .isInstanceOfSatisfying(
                        HubEvent.ImageDiscarded.class,
                        discarded -> assertThat(discarded.reason()).contains("offset 0")));
  }

  @Test
  void aMessageOfADeviceThatComesTwiceGoesOnOnce() {
    Counter counter = counter();
    Octets message = command();
    counter.receive(1, new Tunnelled(Direction.SERVER_TO_CLIENT, 1, message));
    assertThat(toWan(counter)).hasSize(1);
    counter.receive(1, new Tunnelled(Direction.SERVER_TO_CLIENT, 1, message));
    assertThat(toWan(counter)).isEmpty();
  }

  /** The device did not hear that its message came, and the hub starts anew meanwhile. */
  @Test
  void aMessageOfADeviceThatComesTwiceGoesOnOnceOverARestart() {
    Counter counter = counter();
    counter.receive(1, new Tunnelled(Direction.SERVER_TO_CLIENT, 1, command()));
    counter.query(1);
    counter.restart();
    counter.receive(1, new Tunnelled(Direction.SERVER_TO_CLIENT, 1, command()));
    assertThat(toWan(counter)).isEmpty();
    counter.receive(1, new Tunnelled(Direction.SERVER_TO_CLIENT, 1, response().octets()));
    assertThat(toWan(counter)).hasSize(1);
  }

  /** Of so many only what they said is remembered; anybody can say something. */
  @Test
  void whatDevicesSaidIsRememberedOfSoManyAsAreKnownAtMost() {
    Counter counter = counter(p -> p.with(HubParameter.MAXIMUM_DEVICES, 2));
    for (int device = 1; device <= 4; device++) {
      counter.receive(device, new Tunnelled(Direction.SERVER_TO_CLIENT, 1, command()));
      assertThat(toWan(counter)).hasSize(1);
    }
    counter.query(1);
    // Those of two devices, and what the head end has not heard.
    assertThat(counter.transfers.waiting()).hasSize(3);
    counter.receive(4, new Tunnelled(Direction.SERVER_TO_CLIENT, 1, command()));
    assertThat(toWan(counter)).isEmpty();
    counter.receive(1, new Tunnelled(Direction.SERVER_TO_CLIENT, 1, command()));
    assertThat(toWan(counter)).hasSize(1);
  }

  /** The radio has told the device that its message came: the hub alone has it now. */
  @Test
  void aMessageOfADeviceOutlivesThePowerUntilItIsHeard() {
    Counter counter = counter();
    counter.receive(1, new Tunnelled(Direction.SERVER_TO_CLIENT, 1, command()));
    counter.start();
    assertThat(toWan(counter)).extracting(Message::octets).containsExactly(command());
    counter.input(new HubInput.Acknowledged(Sha256.of(command())));
    counter.restart();
    assertThat(toWan(counter)).isEmpty();
  }

  private static Message response() {
    GroupingHeader command =
        GroupingHeader.command(MessageCode.CS06, 7, SUPPLIER, Counter.device(1).address());
    return Message.of(command.response(), new ActivateFirmware.CommandAccepted())
        .sign(Counter.PKI.device(Counter.device(1).address()).digitalSignatureKey());
  }

  private static Octets command() {
    return Message.of(
            GroupingHeader.command(MessageCode.CS06, 7, SUPPLIER, Counter.device(1).address()),
            new ActivateFirmware.Command(
                SeededRandom.of(1, 0, 0).octets(32), 7, new ActivateFirmware.Activation.Now()))
        .sign(Counter.PKI.organisation(SUPPLIER, RemotePartyRole.SUPPLIER).digitalSignatureKey())
        .octets();
  }

  @Test
  void aCommandIsTriedAgainUntilItsDeviceHasIt() {
    Counter counter = counter();
    counter.query(1);
    counter.effects.clear();
    Octets command = command();
    counter.input(new HubInput.FromWan(command));
    assertThat(counter.answer())
        .isInstanceOfSatisfying(
            Tunnelled.class, sent -> assertThat(sent.octets()).isEqualTo(command));
    counter.machine.onSent(
        counter.now(), counter.effects.sent.get(0).sendId(), SendResult.NO_ACK, counter.effects);
    counter.effects.sent.clear();
    counter.pass(31_000);
    assertThat(counter.effects.messages(Tunnelled.class)).hasSize(1);
    counter.machine.onSent(
        counter.now(), counter.effects.sent.get(0).sendId(), SendResult.DELIVERED, counter.effects);
    counter.effects.sent.clear();
    counter.pass(120_000);
    assertThat(counter.effects.messages(Tunnelled.class)).isEmpty();
  }

  @Test
  void aMessageOfAnUnknownUseCaseIsRelayedBothWaysAsItCame() {
    Counter counter = counter();
    counter.query(1);
    counter.effects.clear();
    String known = command().toHex();
    Octets unknown = Octets.fromHex(known.replaceFirst("020012", "020FFE"));
    assertThat(Envelope.parse(unknown).messageCode()).isEqualTo(0x0FFE);
    counter.input(new HubInput.FromWan(unknown));
    assertThat(counter.answer())
        .isInstanceOfSatisfying(
            Tunnelled.class, sent -> assertThat(sent.octets()).isEqualTo(unknown));
    Octets answer = response().octets();
    Octets unknownAnswer = Octets.fromHex(answer.toHex().replaceFirst("020012", "020FFE"));
    assertThat(Envelope.parse(unknownAnswer).messageCode()).isEqualTo(0x0FFE);
    counter.receive(1, new Tunnelled(Direction.SERVER_TO_CLIENT, 1, unknownAnswer));
    assertThat(counter.effects.toWan).containsExactly(new ToWan.GbcsMessage(unknownAnswer));
  }

  @Test
  void aCommandThatWaitsForASleepingDeviceIsDeliveredOnceAfterARestart() {
    Counter counter = counter();
    counter.query(1);
    Octets command = command();
    counter.input(new HubInput.FromWan(command));
    counter.machine.onSent(
        counter.now(), counter.effects.sent.get(1).sendId(), SendResult.NO_ACK, counter.effects);
    counter.start();
    assertThat(counter.effects.messages(Tunnelled.class))
        .singleElement()
        .satisfies(sent -> assertThat(sent.octets()).isEqualTo(command));
    counter.machine.onSent(
        counter.now(), counter.effects.sent.get(0).sendId(), SendResult.DELIVERED, counter.effects);
    counter.start();
    counter.pass(120_000);
    assertThat(counter.effects.messages(Tunnelled.class)).isEmpty();
  }

  @Test
  void aMessageForNobodyKnownIsRefusedByName() {
    Counter counter = counter();
    counter.input(new HubInput.FromWan(command()));
    counter.input(new HubInput.FromWan(Octets.fromHex("DF09")));
    assertThat(counter.effects.events)
        .filteredOn(HubEvent.NotForwarded.class::isInstance)
        .hasSize(2);
  }
}
