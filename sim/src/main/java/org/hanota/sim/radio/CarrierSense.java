// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import org.hanota.api.SeededRandom;

/** Unslotted CSMA-CA: a random back-off, a look, and a longer back-off while others send. */
final class CarrierSense implements ChannelAccess {
  private static final long BACK_OFF_UNIT_NANOS = 320_000;

  /** Eight symbols. */
  private static final long LOOK_NANOS = 128_000;

  private final SeededRandom random;
  private final int minimumExponent;
  private final int maximumExponent;
  private final int backOffsMaximum;
  private final boolean risesUnacknowledged;
  private int exponent;
  private int backOffs;

  CarrierSense(RadioSettings settings, SeededRandom random) {
    this.random = random;
    this.minimumExponent = settings.values().getInt(RadioParameter.MINIMUM_EXPONENT);
    this.maximumExponent = settings.values().getInt(RadioParameter.MAXIMUM_EXPONENT);
    this.backOffsMaximum = settings.values().getInt(RadioParameter.BACK_OFFS);
    this.risesUnacknowledged = settings.values().isTrue(RadioParameter.RISES_UNACKNOWLEDGED);
  }

  @Override
  public long leadNanos() {
    return 0;
  }

  @Override
  public long begin(long now, int unacknowledgedTries) {
    int rise = risesUnacknowledged ? unacknowledgedTries : 0;
    exponent = Math.min(minimumExponent + rise, maximumExponent);
    backOffs = 0;
    return backOff(now);
  }

  @Override
  public boolean looks() {
    return true;
  }

  @Override
  public long windowNanos() {
    return LOOK_NANOS;
  }

  @Override
  public long busy(long now, long freeFrom) {
    backOffs++;
    if (backOffs > backOffsMaximum) {
      return FAILED;
    }
    exponent = Math.min(exponent + 1, maximumExponent);
    return backOff(now);
  }

  private long backOff(long now) {
    return now + random.below(1 << exponent) * BACK_OFF_UNIT_NANOS + LOOK_NANOS;
  }
}
