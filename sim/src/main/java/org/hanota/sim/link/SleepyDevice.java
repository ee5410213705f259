// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

import org.hanota.api.transport.Frame;

/**
 * A device that listens only when it has asked its parent, which keeps frames for it and drops what
 * it has kept too long. [IEEE 802.15.4 indirect transmission]
 */
public final class SleepyDevice implements LinkModel {
  /** macTransactionPersistenceTime as ZigBee sets it. */
  public static final long KEPT_NANOS = 7_680_000_000L;

  private final int node;
  private final long pollNanos;
  private final long fastPollNanos;
  private final long keptNanos;
  private boolean isFast;
  private long lastPollNanos;
  private long fired;

  /**
   * @param node its number
   * @param pollNanos between two polls
   * @param fastPollNanos between two polls while its machine wants frames soon
   * @param keptNanos how long its parent keeps a frame
   */
  public SleepyDevice(int node, long pollNanos, long fastPollNanos, long keptNanos) {
    if (pollNanos < 1 || fastPollNanos < 1 || keptNanos < 0) {
      throw new IllegalArgumentException(
          "poll is "
              + pollNanos
              + ", fastPoll "
              + fastPollNanos
              + " and kept "
              + keptNanos
              + " ns, allowed 1, 1, 0 and more");
    }
    this.node = node;
    this.pollNanos = pollNanos;
    this.fastPollNanos = fastPollNanos;
    this.keptNanos = keptNanos;
  }

  @Override
  public void pollFast(long nanos, int of, boolean wanted) {
    if (of == node && wanted != isFast) {
      lastPollNanos = nextPoll(nanos) - interval();
      isFast = wanted;
    }
  }

  private long interval() {
    return isFast ? fastPollNanos : pollNanos;
  }

  private long nextPoll(long nanos) {
    long since = Math.max(0, nanos - lastPollNanos);
    return lastPollNanos + (since / interval() + 1) * interval();
  }

  @Override
  public Verdict judge(long nanos, int from, int to, Frame frame) {
    if (to != node) {
      return Verdict.DELIVER;
    }
    fired++;
    long delay = nextPoll(nanos) - nanos;
    return delay > keptNanos ? Verdict.LOSE : Verdict.later(delay);
  }

  @Override
  public long fired() {
    return fired;
  }
}
