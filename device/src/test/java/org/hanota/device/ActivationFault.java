// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.device.Order.Defect;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;

/**
 * What a device does wrong. A fault stands between the device and its surroundings: the device
 * behaves as if it had the fault inside, and nothing of it is in main code.
 */
enum ActivationFault {
  /** Does everything right. */
  NONE,
  // Of devices that a command activates.
  OBEYS_ITS_SERVER,
  IGNORES_A_CANCEL,
  IGNORES_THE_HASH,
  IGNORES_THE_SIGNATURE,
  IGNORES_THE_MAC,
  OBEYS_ANOTHER_SUPPLIER,
  TAKES_A_REPLAY,
  IGNORES_THE_DATE,
  FORGETS_A_CANCEL_AT_A_RESTART,
  KEEPS_A_CLOCK_THAT_WAS_SET_BACK,
  DOUBTS_NO_CLOCK,
  FORGETS_ITS_DOUBT_AT_A_RESTART,
  // Of devices that their server activates.
  OBEYS_A_STRANGER,
  OBEYS_FOR_ANOTHER_IMAGE,
  WAITS_FOR_NOBODY,
  HEARS_NO_LATER_TIME,
  IGNORES_AN_ABORT,
  RUNS_UNVERIFIED,
  SWAPS_AGAIN_AFTER_A_ROLL_BACK,
  KEEPS_WHAT_FAILED_ITS_TEST,
  IGNORES_ITS_BATTERY;

  /** Whether it is one of a device that a command activates, which stand first. */
  boolean isByCommand() {
    return compareTo(OBEYS_A_STRANGER) < 0;
  }

  /** What the device sees of a command; empty for nothing. */
  Optional<Order> command(Order order, Octets heldHash) {
    boolean isCancel = order.activation() instanceof Activation.Cancel;
    return switch (this) {
      case IGNORES_A_CANCEL -> isCancel ? Optional.empty() : Optional.of(order);
      case IGNORES_THE_HASH ->
          Optional.of(
              mended(
                  new Order(order.defect(), order.counter(), heldHash, order.activation()),
                  Defect.WRONG_HASH));
      case IGNORES_THE_SIGNATURE -> Optional.of(mended(order, Defect.WRONG_SIGNATURE));
      case IGNORES_THE_MAC -> Optional.of(mended(order, Defect.WRONG_MAC));
      case OBEYS_ANOTHER_SUPPLIER -> Optional.of(mended(order, Defect.OTHER_SUPPLIER));
      case IGNORES_THE_DATE ->
          Optional.of(
              order.activation() instanceof Activation.At
                  ? new Order(order.defect(), order.counter(), order.hash(), new Activation.Now())
                  : order);
      default -> Optional.of(order);
    };
  }

  private static Order mended(Order order, Defect defect) {
    return order.defect() == defect ? order.with(Defect.NONE) : order;
  }

  /** What the device sees of an Upgrade End Response; empty for nothing. */
  Optional<UpgradeEndResponse> response(UpgradeEndResponse response) {
    boolean waits = response.upgradeTime().equals(ZigBeeTime.INVALID);
    return switch (this) {
      case OBEYS_FOR_ANOTHER_IMAGE ->
          Optional.of(
              new UpgradeEndResponse(
                  ImageId.WILD_CARD, response.currentTime(), response.upgradeTime()));
      case WAITS_FOR_NOBODY ->
          Optional.of(
              waits
                  ? new UpgradeEndResponse(response.image(), ZigBeeTime.ZERO, ZigBeeTime.ZERO)
                  : response);
      case HEARS_NO_LATER_TIME -> waits ? Optional.empty() : Optional.of(response);
      default -> Optional.of(response);
    };
  }

  /** What the device sees of its clock. */
  void clock(Desk desk, boolean isKnown, long shiftMillis) {
    boolean keeps =
        this == KEEPS_A_CLOCK_THAT_WAS_SET_BACK && (!isKnown || shiftMillis < desk.utcShiftMillis);
    if (!keeps) {
      desk.knowsUtc = isKnown;
      desk.utcShiftMillis = shiftMillis;
    }
  }

  /** A device that believes any clock. */
  DeviceParameters parameters(DeviceParameters right) {
    return this != DOUBTS_NO_CLOCK
        ? right
        : right
            .with(DeviceParameter.CLOCK_STEP, DeviceParameter.CLOCK_STEP.parameter().maximum())
            .with(DeviceParameter.CLOCK_ABSENCE, 1)
            .with(DeviceParameter.CLOCK_CONFIRMATION, 1)
            .with(DeviceParameter.CLOCK_READINGS, 2);
  }

  CounterStore counters() {
    InMemoryCounterStore kept = new InMemoryCounterStore();
    return this != TAKES_A_REPLAY
        ? kept
        : new CounterStore() {
          @Override
          public OptionalLong last(Eui64 originator) {
            return originator.equals(Desk.SELF) ? kept.last(originator) : OptionalLong.empty();
          }

          @Override
          public void store(Eui64 originator, long counter) {
            kept.store(originator, counter);
          }
        };
  }

  ImageBank bank(ImageBank bank) {
    return switch (this) {
      case FORGETS_A_CANCEL_AT_A_RESTART ->
          new ForwardingImageBank(bank) {
            @Override
            public void save(Journal next) {
              boolean cancels =
                  next.download().isPresent()
                      && next.activation().isEmpty()
                      && next.boot() == bank.journal().boot();
              super.save(cancels ? next.withActivation(bank.journal().activation()) : next);
            }
          };
      case FORGETS_ITS_DOUBT_AT_A_RESTART ->
          new ForwardingImageBank(bank) {
            @Override
            public void save(Journal next) {
              super.save(next.at(next.seenUtcMillis(), OptionalLong.empty(), next.erases()));
            }
          };
      case SWAPS_AGAIN_AFTER_A_ROLL_BACK ->
          new ForwardingImageBank(bank) {
            @Override
            public void save(Journal next) {
              super.save(next);
              if (next.boot() == Journal.Boot.ROLLED_BACK) {
                super.save(next.swapped(next.other(), Journal.Boot.SWAPPED, next.installed()));
              }
            }
          };
      default -> bank;
    };
  }
}
