// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.journal;

import java.util.concurrent.TimeUnit;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;

/**
 * How long the device has worked on its download, over every wait, rest and restart. [hanota H33]
 */
public final class DownloadAge {
  private long beforeMs;
  private long sinceNanos;

  /** A download begins, or goes on after {@code spentMs}. */
  public void began(Now now, long spentMs) {
    beforeMs = spentMs;
    sinceNanos = now.monotonicNanos();
  }

  /** The time until now. Time without power does not count: nobody measures it. */
  public long spentMs(Now now) {
    return beforeMs + TimeUnit.NANOSECONDS.toMillis(now.monotonicNanos() - sinceNanos);
  }

  /** Writes since when the download lasts, as if it had never paused. */
  void describe(StateWriter out) {
    out.putNanos("download since", sinceNanos - TimeUnit.MILLISECONDS.toNanos(beforeMs));
  }
}
