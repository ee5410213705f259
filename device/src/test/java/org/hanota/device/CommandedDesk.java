// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.SendResult;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.keys.P256PrivateKey;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;

/** A device that only a signed CS06 activates; its test is its head end too. */
final class CommandedDesk {
  private static final P256PrivateKey IMAGE_KEY = P256PrivateKey.fromSeed(Octets.fromHex("01"));
  static final GbMeterFile FILE =
      GbMeterFile.sign(
          OtaHeader.of(Desk.IMAGE).withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF)),
          SeededRandom.of(1, 0, 0).octets(600),
          false,
          IMAGE_KEY);
  static final Octets OCTETS = FILE.octets().octets(0, (int) FILE.octets().size());

  private CommandedDesk() {}

  static Desk of(DeviceType type) {
    return of(type, UnaryOperator.identity());
  }

  static Desk of(DeviceType type, UnaryOperator<DeviceParameters> change) {
    return of(type, change, new InMemoryCounterStore());
  }

  static Desk of(DeviceType type, UnaryOperator<DeviceParameters> change, CounterStore counters) {
    return new Desk(
        type,
        change,
        Verifier.authorisingSignature(IMAGE_KEY.publicKey()),
        Order.config(type, counters));
  }

  /** A device that has verified its image and waits for a command. */
  static Desk waiting(DeviceType type) {
    return waiting(of(type));
  }

  static Desk waiting(Desk desk) {
    desk.take(Desk.IMAGE, OCTETS);
    desk.receive(new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.INVALID, ZigBeeTime.INVALID));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    return desk;
  }

  static void receive(Desk desk, Octets command) {
    desk.receive(new Tunnelled(Direction.CLIENT_TO_SERVER, 1, command));
  }

  /** What the device has for the head end, each message delivered. */
  static List<Message> messages(Desk desk) {
    List<Message> messages = new ArrayList<>();
    Optional<SentMessage> next = tunnelled(desk, 0);
    int at = 0;
    while (next.isPresent()) {
      messages.add(Message.parse(next.get().octets()));
      desk.machine.onSent(desk.now(), next.get().sendId(), SendResult.DELIVERED, desk.effects);
      at = next.get().index() + 1;
      next = tunnelled(desk, at);
    }
    return messages;
  }

  private record SentMessage(int index, long sendId, Octets octets) {}

  private static Optional<SentMessage> tunnelled(Desk desk, int from) {
    for (int i = from; i < desk.effects.sent.size(); i++) {
      if (desk.effects.sent.get(i).message() instanceof Tunnelled message) {
        return Optional.of(new SentMessage(i, desk.effects.sent.get(i).sendId(), message.octets()));
      }
    }
    return Optional.empty();
  }

  static ActivateFirmware.ExecutionOutcome outcome(Message message) {
    return (ActivateFirmware.ExecutionOutcome) message.payload();
  }

  /** Starts, tries, confirms, finds its hub and sends what it has for the head end. */
  static List<Message> messagesAfterRestart(Desk desk) {
    desk.work();
    desk.input(new DeviceInput.QueryNow());
    desk.input(new Input.ServerFound(Desk.HUB));
    return messages(desk);
  }
}
