// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import java.util.Arrays;
import java.util.Optional;

/**
 * The named timers of a machine, of which the driver knows only the next.
 *
 * @param <T> their names
 */
public final class Timers<T extends Enum<T>> {
  private final T[] names;
  private final long[] deadlines;

  /** When the first one runs out; no later than that while {@link #isMoved}. */
  private long next = Long.MAX_VALUE;

  /** Whether the first one was moved away, so that the next has to be looked for. */
  private boolean isMoved;

  private long told = Long.MAX_VALUE;

  /** No timer runs. */
  public Timers(Class<T> names) {
    this.names = names.getEnumConstants();
    this.deadlines = new long[this.names.length];
    Arrays.fill(deadlines, Long.MAX_VALUE);
  }

  /** Lets {@code timer} run out at {@code monotonicNanos}; replaces its earlier time. */
  @SuppressWarnings("EnumOrdinal") // an index of our own that never leaves this object
  public void set(T timer, long monotonicNanos) {
    set(timer.ordinal(), monotonicNanos);
  }

  private void set(int timer, long monotonicNanos) {
    long before = deadlines[timer];
    if (before == monotonicNanos) {
      return;
    }
    deadlines[timer] = monotonicNanos;
    if (monotonicNanos < next) {
      next = monotonicNanos;
    } else if (before == next) {
      isMoved = true;
    }
  }

  /** Stops {@code timer}. */
  public void stop(T timer) {
    set(timer, Long.MAX_VALUE);
  }

  /** When {@code timer} runs out; {@link Long#MAX_VALUE} if it does not run. */
  @SuppressWarnings("EnumOrdinal")
  public long deadline(T timer) {
    return deadlines[timer.ordinal()];
  }

  /** Whether {@code timer} runs. */
  public boolean runs(T timer) {
    return deadline(timer) != Long.MAX_VALUE;
  }

  /** Takes one timer that has run out, the earliest first; it no longer runs. */
  public Optional<T> take(Now now) {
    int due = earliest();
    if (deadlines[due] > now.monotonicNanos()) {
      return Optional.empty();
    }
    set(due, Long.MAX_VALUE);
    return Optional.of(names[due]);
  }

  private int earliest() {
    int earliest = 0;
    for (int i = 1; i < deadlines.length; i++) {
      if (deadlines[i] < deadlines[earliest]) {
        earliest = i;
      }
    }
    return earliest;
  }

  /** Asks for the next wake-up if it is another than the one asked for last. */
  public void arm(Effects effects) {
    if (isMoved) {
      isMoved = false;
      next = deadlines[earliest()];
    }
    if (next != told) {
      told = next;
      effects.wakeAt(next);
    }
  }

  /** The driver's wake-up came, so that it has to be asked for anew. */
  public void woken() {
    told = Long.MAX_VALUE;
  }

  /** Writes the running timers. */
  public void describe(StateWriter out) {
    for (int i = 0; i < names.length; i++) {
      if (deadlines[i] != Long.MAX_VALUE) {
        out.putNanos("timer " + names[i], deadlines[i]);
      }
    }
  }
}
