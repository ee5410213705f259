// SPDX-License-Identifier: Apache-2.0
package org.hanota.study;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many smart meters of the second generation are installed when, by the published figures; from
 * the last of them on 200,000 a month. C08
 */
public final class RollOut {
  private static final NavigableMap<Integer, Long> INSTALLED = new TreeMap<>();

  static {
    // At the end of each year; 2018, 2021, 2022 lie on the line between their neighbours.
    INSTALLED.put(2017, 0L);
    INSTALLED.put(2020, 6_700_000L);
    INSTALLED.put(2023, 14_800_000L);
    INSTALLED.put(2024, 20_800_000L);
  }

  private static final long A_YEAR = 12 * 200_000L;

  private RollOut() {}

  /** Meters installed at the end of a year, at most {@code all}. */
  public static long installed(int year, long all) {
    Integer before = INSTALLED.floorKey(year);
    if (before == null) {
      return 0;
    }
    Integer after = INSTALLED.higherKey(year);
    long at = INSTALLED.getOrDefault(before, 0L);
    long found =
        after == null
            ? at + (year - before) * A_YEAR
            : at + (INSTALLED.getOrDefault(after, 0L) - at) * (year - before) / (after - before);
    return Math.min(all, found);
  }
}
