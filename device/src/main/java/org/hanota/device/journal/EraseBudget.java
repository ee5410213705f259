// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.journal;

import java.util.concurrent.TimeUnit;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.device.DeviceParameters;

/**
 * How often a slot may still be erased: a few times in a row, then once in a while. A server that
 * offers for ever does not wear the flash out; an honest one is served again after the wait.
 * [hanota H32]
 */
public final class EraseBudget {
  private final DeviceParameters limits;
  private int used;
  private long sinceNanos;

  /** After a start, with the erases that the journal says are used up. */
  public EraseBudget(DeviceParameters limits, int used) {
    this.limits = limits;
    this.used = Math.min(used, limits.eraseBurst());
  }

  /** The machine starts: time counts from here. */
  public void started(Now now) {
    sinceNanos = now.monotonicNanos();
  }

  /** Uses one erase up; false if none is left. */
  public boolean take(Now now) {
    refill(now);
    if (used >= limits.eraseBurst()) {
      return false;
    }
    used++;
    return true;
  }

  /** What the journal has to keep. */
  public int used(Now now) {
    refill(now);
    return used;
  }

  /** How long until the next erase is allowed. */
  public long waitMs(Now now) {
    refill(now);
    return used < limits.eraseBurst() ? 0 : limits.eraseRefillMs() - elapsedMs(now);
  }

  private void refill(Now now) {
    long refills = elapsedMs(now) / limits.eraseRefillMs();
    if (used == 0 || refills >= used) {
      used = 0;
      sinceNanos = now.monotonicNanos();
    } else if (refills > 0) {
      used -= (int) refills;
      sinceNanos += TimeUnit.MILLISECONDS.toNanos(refills * limits.eraseRefillMs());
    }
  }

  private long elapsedMs(Now now) {
    return TimeUnit.NANOSECONDS.toMillis(now.monotonicNanos() - sinceNanos);
  }

  /** Writes the erases that are used up, and since when they count. */
  void describe(StateWriter out) {
    if (used > 0) {
      out.put("erases used", used).putNanos("erases since", sinceNanos);
    }
  }
}
