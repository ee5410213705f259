// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import org.hanota.sim.link.SleepyDevice;

/**
 * A device listens only when it has asked its parent for frames.
 *
 * @param pollNanos between two polls
 * @param fastPollNanos between two polls while its machine wants frames soon
 * @param keptNanos how long its parent keeps a frame
 */
public record Sleep(long pollNanos, long fastPollNanos, long keptNanos) {
  /** Checks the ranges. */
  public Sleep {
    var unused = new SleepyDevice(0, pollNanos, fastPollNanos, keptNanos);
  }
}
