// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.block;

import java.util.Arrays;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;

/**
 * Airtime spent in a sliding hour, in thirteen buckets of five minutes: the one that fills and the
 * twelve before it. A frame that would exceed the limit waits for a bucket to fall out.
 */
final class AirtimeBudget {
  private static final int BUCKETS = 13;
  private static final long BUCKET_NANOS = 300_000_000_000L;

  private final long limitMicros;
  private final long[] spent = new long[BUCKETS];
  private long bucket;
  private long originNanos;
  private boolean begun;
  private long total;

  AirtimeBudget(long limitMicros) {
    this.limitMicros = limitMicros;
  }

  /** Spends {@code micros} if the limit allows. */
  boolean spend(Now now, long micros) {
    if (!has(now, micros)) {
      return false;
    }
    spent[(int) (bucket % BUCKETS)] += micros;
    total += micros;
    return true;
  }

  /** Whether the limit allows {@code micros} now. */
  boolean has(Now now, long micros) {
    advance(now);
    return total + micros <= limitMicros;
  }

  /** Milliseconds until the oldest bucket that holds anything falls out. */
  long freeInMillis(Now now) {
    advance(now);
    for (int age = BUCKETS - 1; age >= 0; age--) {
      long index = bucket - age;
      if (index >= 0 && spent[(int) (index % BUCKETS)] > 0) {
        long elapsed = now.monotonicNanos() - originNanos;
        return ((index + BUCKETS) * BUCKET_NANOS - elapsed) / 1_000_000 + 1;
      }
    }
    return 0;
  }

  private void advance(Now now) {
    if (!begun) {
      begun = true;
      originNanos = now.monotonicNanos();
    }
    long current = (now.monotonicNanos() - originNanos) / BUCKET_NANOS;
    while (bucket < current && total > 0) {
      bucket++;
      int index = (int) (bucket % BUCKETS);
      total -= spent[index];
      spent[index] = 0;
    }
    bucket = current;
  }

  void describe(StateWriter out) {
    if (total > 0) {
      out.put("airtime", Arrays.toString(spent))
          .put("bucket", bucket)
          .putNanos("airtime since", originNanos);
    }
  }
}
