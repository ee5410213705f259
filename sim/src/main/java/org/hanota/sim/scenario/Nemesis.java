// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A kind of fault. Each has a rate, the chance that it strikes at each of its occasions, and can
 * also be told to strike once. The order is that of the numbers of their random streams: new ones
 * are added at the end.
 */
public enum Nemesis {
  /** A frame is not heard. Occasion: a try of a frame. */
  LOST,
  /** A frame comes twice. Occasion: a frame. */
  REPEATED,
  /** A frame is overtaken by later ones. Occasion: a frame. */
  REORDERED,
  /** A frame comes late. Occasion: a frame. */
  DELAYED,
  /** The link check drops a frame. Occasion: a try of a frame. */
  CORRUPTED,
  /** A frame comes changed and the link check does not see it. Occasion: a frame. */
  CORRUPTED_UNSEEN,
  /** Power is lost before or after an operation of a device's storage. */
  POWER_CUT,
  /** Power is lost within a write of a device. */
  TORN_WRITE,
  /** An operation of a device's storage fails, done or not. */
  IO_ERROR,
  /** A device's storage takes nothing for a while. Occasion: a write or save. */
  STORAGE_FULL,
  /** What a device writes does not stay. Occasion: a write. */
  WORN_STORAGE,
  /** A device restarts. Occasion: half a minute. */
  RESTART,
  /** Power is lost before or after an operation of the hub's storage. */
  HUB_POWER_CUT,
  /** An operation of the hub's storage fails. */
  HUB_IO_ERROR,
  /** The hub's storage takes nothing for a while. Occasion: it stores. */
  HUB_STORAGE_FULL,
  /** The hub restarts. Occasion: half a minute. */
  HUB_RESTART,
  /** A node's clock is fast or slow. Occasion: the beginning. */
  CLOCK_SKEW,
  /** A node's time of day jumps. Occasion: half a minute. */
  CLOCK_STEP,
  /** A device's clock is not set. Occasion: the beginning. */
  CLOCK_UNSET,
  /** The head end sends a device an image for other hardware. Occasion: an offer. */
  WRONG_IMAGE,
  /** An image has a wrong octet. Occasion: an offer. */
  DAMAGED_IMAGE,
  /** An image lacks its end. Occasion: an offer. */
  TRUNCATED_IMAGE,
  /** An old command comes again. Occasion: a command. */
  REPLAYED_COMMAND,
  /** Somebody else commands. Occasion: a command. */
  FOREIGN_COMMAND,
  /** A device is off until all nemeses stop. Occasion: half a minute. */
  DEVICE_STOPS,
  /** A device names a version that it does not run. Occasion: a query. */
  DEVICE_LIES,
  /** A meter that activates its image cuts the hub's power. Occasion: an activation. */
  METER_CUTS_HUB;

  /** Whether it strikes frames on the air. */
  public boolean isOfAir() {
    return compareTo(CORRUPTED_UNSEEN) <= 0;
  }

  /** Whether it strikes the hub and no device. */
  public boolean isOfHub() {
    return switch (this) {
      case HUB_POWER_CUT, HUB_IO_ERROR, HUB_STORAGE_FULL, HUB_RESTART -> true;
      default -> false;
    };
  }

  /** Whether it makes the far end of the WAN send what no head end would. */
  boolean isOfFarEnd() {
    return switch (this) {
      case WRONG_IMAGE, DAMAGED_IMAGE, TRUNCATED_IMAGE, REPLAYED_COMMAND, FOREIGN_COMMAND -> true;
      default -> false;
    };
  }

  /** As it is written, as in {@code torn-write}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The nemesis of that label. */
  public static Optional<Nemesis> ofLabel(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }
}
