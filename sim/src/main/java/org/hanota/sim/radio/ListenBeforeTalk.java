// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import org.hanota.api.SeededRandom;

/** Sends once the channel was free for 5 ms; for up to 5 ms more after another was heard. */
final class ListenBeforeTalk implements ChannelAccess {
  private static final long FREE_NANOS = 5_000_000;
  private static final long RANDOM_STEP_NANOS = 500_000;
  private static final int RANDOM_STEPS = 11;

  private final SeededRandom random;
  private final int retries;
  private final long leadNanos;
  private int tries;
  private long windowNanos;

  ListenBeforeTalk(RadioSettings settings, SeededRandom random) {
    this.random = random;
    this.retries = settings.values().getInt(RadioParameter.LISTEN_RETRIES);
    this.leadNanos = FREE_NANOS + settings.band().turnaroundNanos();
  }

  @Override
  public long leadNanos() {
    return leadNanos;
  }

  @Override
  public long begin(long now, int unacknowledgedTries) {
    tries = 0;
    windowNanos = FREE_NANOS;
    return now + windowNanos;
  }

  @Override
  public boolean looks() {
    return true;
  }

  @Override
  public long windowNanos() {
    return windowNanos;
  }

  @Override
  public long busy(long now, long freeFrom) {
    tries++;
    if (tries > retries) {
      return FAILED;
    }
    windowNanos = FREE_NANOS + random.below(RANDOM_STEPS) * RANDOM_STEP_NANOS;
    return Math.max(now, freeFrom) + windowNanos;
  }
}
