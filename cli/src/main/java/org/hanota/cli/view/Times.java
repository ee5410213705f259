// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

import java.util.Locale;

/** Virtual times in words. */
public final class Times {
  private Times() {}

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
