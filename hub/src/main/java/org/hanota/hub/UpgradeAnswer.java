// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.OptionalLong;
import org.hanota.api.ImageId;
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
record UpgradeAnswer(UpgradeEndResponse response, OptionalLong delaySeconds) {
  /** All wild cards and no time: wait for another word. [GBCS 11.2.1] */
  static final UpgradeAnswer HELD =
      new UpgradeAnswer(
          new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.INVALID, ZigBeeTime.INVALID),
          OptionalLong.empty());

  /** A hub without a clock holds an image that shall run at a time of day. */
  static UpgradeAnswer of(ImageId image, UpgradeTime when, Now now, boolean relative) {
    if (when instanceof UpgradeTime.Held || (when instanceof UpgradeTime.At && !now.knowsUtc())) {
      return HELD;
    }
    long delay =
        when instanceof UpgradeTime.At at
            ? Math.max(0, Math.floorDiv(at.utcMillis() - now.utcMillis() + 999, 1000L))
            : 0;
    ZigBeeTime current =
        relative || !now.knowsUtc() ? ZigBeeTime.ZERO : ZigBeeTime.ofUtcMillis(now.utcMillis());
    return new UpgradeAnswer(
        new UpgradeEndResponse(image, current, new ZigBeeTime(current.seconds() + delay)),
        OptionalLong.of(delay));
  }
}
