// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.device.DeviceState.COUNTING_DOWN;
import static org.hanota.device.DeviceState.ENDING;
import static org.hanota.device.DeviceState.SWAPPING;
import static org.hanota.device.DeviceState.TRYING;
import static org.hanota.device.DeviceState.VERIFYING;
import static org.hanota.device.DeviceState.WAITING;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Peer;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.OtaAttribute;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.Journal;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.testing.ActivationModel;
import org.hanota.testing.ActivationModel.Slot;
import org.jspecify.annotations.Nullable;

/** What a server, a head end and an application do to a device. Each method is one thing. */
final class ActivationWorld {
  static final UpgradeEndResponse WAIT =
      new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.INVALID, ZigBeeTime.INVALID);
  private static final UpgradeEndResponse AT_ONCE =
      new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.ZERO, ZigBeeTime.ZERO);
  private static final long HOUR_MS = 3_600_000;
  private static final Peer STRANGER = new Peer(new Eui64(0x029A), 1);

  private static final int MOST_PAUSES = 8;
  private static final Set<DeviceState> UNDER_WAY =
      EnumSet.of(
          DeviceState.QUERYING, DeviceState.DOWNLOADING, DeviceState.PAUSED, DeviceState.RESTING);

  /** An abort gives up the image that is held, or is being checked. */
  private static final Set<DeviceState> HELD =
      EnumSet.of(VERIFYING, ENDING, WAITING, COUNTING_DOWN);

  final WatchedDevice device;
  private final boolean byCommand;
  private final ActivationFault fault;
  private final Desk desk;
  private final ActivationModel model;
  private long counter = 1_000;
  private @Nullable Order last;
  private int offered;

  ActivationWorld(boolean byCommand, ActivationFault fault) {
    this.byCommand = byCommand;
    this.fault = fault;
    device = new WatchedDevice(byCommand, fault);
    desk = device.desk;
    model = device.model;
  }

  /** An undisturbed download of a later version, up to the Upgrade End Response that says wait. */
  void load(boolean sound, int ahead, boolean isAnswered) {
    int serves = SignedFiles.number(device.memory.journal().running()) + ahead;
    device.input(new DeviceInput.QueryNow());
    device.work();
    int pauses = 0;
    while (pauses < MOST_PAUSES) {
      Optional<ZclMessage> next = desk.request();
      if (next.isPresent()) {
        desk.answered = next.get();
        serve(next.get(), serves, sound, isAnswered);
      } else if (UNDER_WAY.contains(desk.machine.state())) {
        pauses++;
        device.call(desk::tick);
      } else {
        return;
      }
      device.work();
    }
  }

  private void serve(ZclMessage request, int serves, boolean sound, boolean isAnswered) {
    if (request instanceof QueryNextImageRequest) {
      offered = serves;
      device.receive(
          new QueryNextImageResponse.Success(SignedFiles.image(serves), SignedFiles.OCTETS));
    } else if (request instanceof ImageBlockRequest block) {
      Octets file = sound ? SignedFiles.octets(offered) : SignedFiles.damaged(offered);
      int from = (int) block.fileOffset();
      int length = Math.min(block.maximumDataSize(), file.length() - from);
      device.receive(new ImageBlockResponse.Success(block.image(), from, file.slice(from, length)));
    } else if (request instanceof UpgradeEndRequest end) {
      if (!end.status().equals(ZclStatus.SUCCESS)) {
        device.call(desk::endNoted);
      } else if (isAnswered) {
        respond(WAIT, false);
      }
    }
  }

  /** A command from the head end. */
  void command(Order.Defect defect, Activation activation) {
    last = new Order(defect, ++counter, device.heldHash(), activation);
    deliver(last);
  }

  /** The last command comes again. */
  void replay() {
    if (last != null) {
      deliver(last);
    }
  }

  private void deliver(Order order) {
    boolean isAccepted =
        desk.machine.state() != SWAPPING
            && desk.machine.state() != TRYING
            && model.accepts(order.isAuthentic(), order.isFromOwnSupplier(), order.counter());
    Slot slot = device.slot();
    Octets hash = device.heldHash();
    List<Object> decided = device.decided();
    Optional<Order> seen = fault.command(order, hash);
    device.call(
        () ->
            seen.ifPresent(
                command ->
                    desk.receive(new Tunnelled(Direction.CLIENT_TO_SERVER, 1, command.octets()))),
        completed -> {
          if (isAccepted && (completed || !device.decided().equals(decided))) {
            accepted(order, slot, hash);
          }
        });
  }

  private void accepted(Order order, Slot slot, Octets hash) {
    WatchedDevice.reached("commands taken");
    if (order.activation() instanceof Activation.Cancel) {
      model.cancelled(order.counter());
    } else {
      OptionalLong utc =
          order.activation() instanceof Activation.At at
              ? OptionalLong.of(at.executionDateTime().utcMillis())
              : OptionalLong.empty();
      model.ordered(order.counter(), order.namedHash(), utc, slot, hash);
    }
  }

  /** An Upgrade End Response, asked for or not, from the device's server or from a stranger. */
  void respond(UpgradeEndResponse response, boolean fromStranger) {
    boolean isHeard =
        !byCommand
            && !fromStranger
            && desk.machine.state() != SWAPPING
            && desk.machine.state() != TRYING
            && device.slot() != Slot.NOTHING
            && desk.attribute(OtaAttribute.UPGRADE_SERVER_ID) == Desk.HUB.address().value()
            && response.image().matches(SignedFiles.image(device.held().orElse(0)));
    Optional<Journal.Activation> decided = device.memory.journal().activation();
    Peer from = fromStranger && fault != ActivationFault.OBEYS_A_STRANGER ? STRANGER : Desk.HUB;
    Optional<UpgradeEndResponse> seen = fault.response(response);
    device.call(
        () -> seen.ifPresent(message -> desk.receive(message, Delivery.UNICAST, from)),
        completed -> {
          if (isHeard && completed) {
            model.answered(response, device.now());
          } else if (isHeard && !device.memory.journal().activation().equals(decided)) {
            // The power went: what was decided before is forgotten, and the new may be kept.
            model.answered(
                device.memory.journal().activation().isEmpty() ? WAIT : response, device.now());
          }
        });
  }

  void abort() {
    List<Object> decided = device.decided();
    boolean isHeard = fault != ActivationFault.IGNORES_AN_ABORT;
    boolean matters = HELD.contains(desk.machine.state());
    device.call(
        () -> {
          if (isHeard) {
            desk.input(new DeviceInput.Abort());
          }
        },
        completed -> {
          if (matters && (completed || !device.decided().equals(decided))) {
            model.givenUp();
          }
        });
  }

  /** Everything is well now: a later version must come to run, whatever happened before. */
  void ends() {
    device.recover();
    FileVersion atFirst = device.memory.journal().running();
    for (int i = 0; i < 6 && device.memory.journal().running().equals(atFirst); i++) {
      device.pass(HOUR_MS);
      if (byCommand) {
        command(Order.Defect.NONE, new Activation.Cancel());
      }
      if (device.slot() != Slot.VERIFIED) {
        load(true, 1, true);
      }
      if (byCommand) {
        command(Order.Defect.NONE, new Activation.Now());
      } else {
        respond(AT_ONCE, false);
      }
      device.work();
    }
    WatchedDevice.check(
        !device.memory.journal().running().equals(atFirst)
            && device.memory.journal().boot() == Journal.Boot.CONFIRMED_UNREPORTED,
        "does not update any more: " + desk.machine.state() + " " + device.memory.journal());
  }
}
