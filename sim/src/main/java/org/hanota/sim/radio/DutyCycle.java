// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import java.util.Arrays;

/**
 * What one station has sent in the last hour. The hour slides in 12 steps; the step under way
 * counts beside 12 whole ones, so that any hour is covered.
 */
final class DutyCycle {
  private static final int BUCKETS = 13;
  private static final long BUCKET_NANOS = 300_000_000_000L;

  private final long[] buckets = new long[BUCKETS];
  private final long limitedNanos;
  private final long criticalNanos;
  private final long regulatedNanos;
  private long bucket;
  private long sum;

  DutyCycle(long limitedNanos, long criticalNanos, long regulatedNanos) {
    if (limitedNanos > criticalNanos || criticalNanos > regulatedNanos) {
      throw new IllegalArgumentException(
          "duty cycle thresholds are "
              + (limitedNanos + ", " + criticalNanos + " and " + regulatedNanos)
              + " ns in an hour, allowed rising ones");
    }
    this.limitedNanos = limitedNanos;
    this.criticalNanos = criticalNanos;
    this.regulatedNanos = regulatedNanos;
  }

  void add(long now, long airtimeNanos) {
    slide(now);
    buckets[(int) (bucket % BUCKETS)] += airtimeNanos;
    sum += airtimeNanos;
  }

  long usedNanos(long now) {
    slide(now);
    return sum;
  }

  DutyState state(long now) {
    long used = usedNanos(now);
    if (used >= regulatedNanos) {
      return DutyState.REGULATED;
    }
    if (used >= criticalNanos) {
      return DutyState.CRITICAL;
    }
    return used >= limitedNanos ? DutyState.LIMITED : DutyState.NORMAL;
  }

  private void slide(long now) {
    long current = now / BUCKET_NANOS;
    if (current - bucket >= BUCKETS) {
      Arrays.fill(buckets, 0);
      sum = 0;
      bucket = current;
    }
    while (bucket < current) {
      bucket++;
      sum -= buckets[(int) (bucket % BUCKETS)];
      buckets[(int) (bucket % BUCKETS)] = 0;
    }
  }
}
