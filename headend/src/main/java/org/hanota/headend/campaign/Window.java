// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.List;

/**
 * A time of each day in which requests may go out.
 *
 * @param fromMinute first minute of the UTC day, 0 to 1439
 * @param untilMinute the minute after the last, up to 1440
 */
public record Window(int fromMinute, int untilMinute) {
  /** Minutes of a day. */
  static final int DAY_MINUTES = 24 * 60;

  private static final long MINUTE = 60_000;
  private static final long DAY = DAY_MINUTES * MINUTE;

  boolean overlaps(Window other) {
    return fromMinute < other.untilMinute && other.fromMinute < untilMinute;
  }

  /**
   * When one of the windows is open next.
   *
   * @return {@code utcMillis} itself if one is open or there is none, else when one opens
   */
  static long open(List<Window> windows, long utcMillis) {
    if (windows.isEmpty()) {
      return utcMillis;
    }
    long day = Math.floorDiv(utcMillis, DAY) * DAY;
    long next = Long.MAX_VALUE;
    for (Window each : windows) {
      long from = day + each.fromMinute * MINUTE;
      long until = day + each.untilMinute * MINUTE;
      if (utcMillis >= from && utcMillis < until) {
        return utcMillis;
      }
      next = Math.min(next, utcMillis < from ? from : from + DAY);
    }
    return next;
  }

  /** Whether a window opened and closed again after {@code before} and until {@code after}. */
  static boolean isMissed(List<Window> windows, long before, long after) {
    for (Window each : windows) {
      long opens = open(List.of(each), before);
      long length = (each.untilMinute - each.fromMinute) * MINUTE;
      if (opens > before && opens + length <= after) {
        return true;
      }
    }
    return false;
  }
}
