// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Parameter;
import org.hanota.api.Width;
import org.hanota.api.machine.TrustedClock;

/**
 * What a device puts up with, so that a server which lies can neither wear it out nor hold it for
 * ever. No honest server meets these limits.
 *
 * @param eraseBurst how often a slot may be erased in a row
 * @param eraseRefillMs after so long one more erase is allowed, up to {@code eraseBurst} of them
 * @param downloadMs how long a download may take in all, over every wait, rest and restart
 * @param minimumBlockPeriodCapMs the longest MinimumBlockPeriod that is kept to
 * @param clock how far the clock is believed
 */
public record DeviceLimits(
    int eraseBurst,
    long eraseRefillMs,
    long downloadMs,
    long minimumBlockPeriodCapMs,
    TrustedClock.Limits clock) {
  /** What {@link #parameters} documents. */
  public static final DeviceLimits DEFAULT =
      new DeviceLimits(
          20,
          TimeUnit.HOURS.toMillis(4),
          TimeUnit.DAYS.toMillis(30),
          TimeUnit.SECONDS.toMillis(10),
          TrustedClock.Limits.DEFAULT);

  /** Refuses limits that allow nothing. */
  public DeviceLimits {
    Width.range("eraseBurst", eraseBurst, 1, Width.UINT16_MAX);
    Width.range("eraseRefillMs", eraseRefillMs, 1, Long.MAX_VALUE);
    Width.range("downloadMs", downloadMs, 1, Long.MAX_VALUE);
    Width.range("minimumBlockPeriodCapMs", minimumBlockPeriodCapMs, 0, Long.MAX_VALUE);
  }

  /** The limits as parameters. */
  static List<Parameter> parameters() {
    List<Parameter> all =
        new ArrayList<>(
            List.of(
                new Parameter(
                    "eraseBurst",
                    Integer.toString(DEFAULT.eraseBurst),
                    "erases",
                    Parameter.Mark.U,
                    "how often a slot may be erased in a row"),
                new Parameter(
                    "eraseRefill",
                    Long.toString(DEFAULT.eraseRefillMs),
                    "ms",
                    Parameter.Mark.U,
                    "after so long one more erase is allowed"),
                new Parameter(
                    "downloadLimit",
                    Long.toString(DEFAULT.downloadMs),
                    "ms",
                    Parameter.Mark.U,
                    "how long a download may take over every wait, rest and restart"),
                new Parameter(
                    "minimumBlockPeriodCap",
                    Long.toString(DEFAULT.minimumBlockPeriodCapMs),
                    "ms",
                    Parameter.Mark.U,
                    "longest MinimumBlockPeriod that a device keeps to")));
    all.addAll(TrustedClock.Limits.parameters("device"));
    return List.copyOf(all);
  }
}
