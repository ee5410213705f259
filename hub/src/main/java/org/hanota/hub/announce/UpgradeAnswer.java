// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.announce;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.ImageId;
import org.hanota.api.Width;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Now;
import org.hanota.api.zcl.UpgradeEndResponse;

/**
 * When a device that has an image shall run it, as the hub tells it.
 *
 * @param response what the device is told
 * @param delaySeconds from now; empty if something else decides
 */
public record UpgradeAnswer(UpgradeEndResponse response, OptionalLong delaySeconds) {
  /** All wild cards and no time: wait for another response. [GBCS 11.2.1] */
  public static final UpgradeAnswer HELD =
      new UpgradeAnswer(
          new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.INVALID, ZigBeeTime.INVALID),
          OptionalLong.empty());

  /** The last one that an answer can say: all ones mean wait. [ZCL 11.11.4] */
  private static final ZigBeeTime LATEST = new ZigBeeTime(Width.UINT32_MAX - 1);

  /** Why no answer can say that time; empty if one can. */
  public static Optional<String> refusal(UpgradeTime when) {
    if (!(when instanceof UpgradeTime.At at)
        || (at.utcMillis() >= ZigBeeTime.EPOCH_MILLIS && at.utcMillis() <= LATEST.utcMillis())) {
      return Optional.empty();
    }
    return Optional.of(
        "the upgrade time is "
            + Instant.ofEpochMilli(at.utcMillis())
            + ", allowed "
            + ZigBeeTime.ZERO
            + " to "
            + LATEST
            + ": a device counts seconds in 32 bits");
  }

  /**
   * A hub without a clock holds an image that shall run at a time of day, as one does whose time
   * cannot be said.
   */
  public static UpgradeAnswer of(ImageId image, UpgradeTime when, Now now, boolean relative) {
    if (when instanceof UpgradeTime.Held || (when instanceof UpgradeTime.At && !now.knowsUtc())) {
      return HELD;
    }
    long delay =
        when instanceof UpgradeTime.At at
            ? Math.max(0, Math.floorDiv(at.utcMillis() - now.utcMillis() + 999, 1000L))
            : 0;
    ZigBeeTime current =
        relative || !now.knowsUtc() ? ZigBeeTime.ZERO : ZigBeeTime.ofUtcMillis(now.utcMillis());
    if (current.seconds() + delay > LATEST.seconds()) {
      return HELD;
    }
    return new UpgradeAnswer(
        new UpgradeEndResponse(image, current, new ZigBeeTime(current.seconds() + delay)),
        OptionalLong.of(delay));
  }
}
