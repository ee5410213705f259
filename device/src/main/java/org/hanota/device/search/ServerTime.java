// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.search;

import java.util.OptionalLong;
import org.hanota.api.ZigBeeTime;

/** What the two times of a server's answer mean. */
public final class ServerTime {
  private ServerTime() {}

  /**
   * The time from now to {@code then}: an offset if {@code current} is zero, else the difference of
   * the two whatever the own clock says. Empty if that makes no sense. [ZCL 11.11.4]
   *
   * @param ownUtcMillis what the own clock says
   */
  public static OptionalLong delayMs(
      ZigBeeTime current, ZigBeeTime then, OptionalLong ownUtcMillis) {
    if (then.equals(ZigBeeTime.INVALID)) {
      return OptionalLong.empty();
    }
    if (current.equals(ZigBeeTime.INVALID)) {
      return ownUtcMillis.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Math.max(0, then.utcMillis() - ownUtcMillis.getAsLong()));
    }
    long seconds = then.seconds() - current.seconds();
    return seconds < 0 ? OptionalLong.empty() : OptionalLong.of(seconds * 1000);
  }
}
