// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

import java.util.Locale;

/** Virtual times in words. */
public final class Times {
  private Times() {}

  /** Milliseconds of a day. */
  public static final long DAY_MILLIS = 86_400_000;

  private static final double SECOND = 1_000;
  private static final double MINUTE = 60 * SECOND;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = DAY_MILLIS;

  /** A span of time in a unit of which there are some; none if it is negative. */
  public static String span(long millis) {
    if (millis < 0) {
      return "none";
    } else if (millis == 0) {
      return "0 s";
    } else if (millis < SECOND) {
      return millis + " ms";
    } else if (millis < 2 * MINUTE) {
      return String.format(Locale.ROOT, "%.1f s", millis / SECOND);
    } else if (millis < HOUR) {
      return String.format(Locale.ROOT, "%.1f min", millis / MINUTE);
    } else if (millis < 2 * DAY) {
      return String.format(Locale.ROOT, "%.1f h", millis / HOUR);
    }
    return String.format(Locale.ROOT, "%.1f d", millis / DAY);
  }

  /** Hours, minutes, seconds and milliseconds. */
  public static String clock(long nanos) {
    long millis = nanos / 1_000_000;
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d.%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1000 % 60,
        millis % 1000);
  }
}
