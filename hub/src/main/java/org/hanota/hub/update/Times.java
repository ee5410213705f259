// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;

/** The times of an update: since when its phase lasts, and when something is due. */
public final class Times {
  /** When the offer was made. */
  private long sinceUtcMillis = Now.UTC_UNKNOWN;

  /** The image is held for the device until then. */
  private long holdEndNanos = Long.MAX_VALUE;

  /** From when the time of its phase counts, where no block does. */
  private long phaseNanos;

  /** The same as the time of day, which outlives a restart. */
  private long phaseUtcMillis = Now.UTC_UNKNOWN;

  /** When it was told to run the new image; {@link Long#MAX_VALUE} if it was told no time. */
  private long activationNanos = Long.MAX_VALUE;

  private long deadlineNanos = Long.MAX_VALUE;

  Times() {}

  /**
   * Takes up what was stored; times count on, as far as the clock can tell.
   *
   * @param wasToRun whether the device was to run its image by then
   */
  void restore(Now now, long offeredUtcMillis, long storedPhaseUtcMillis, boolean wasToRun) {
    sinceUtcMillis = offeredUtcMillis;
    phaseUtcMillis = storedPhaseUtcMillis;
    phaseNanos = now.plusMillis(-sinceMillis(now, storedPhaseUtcMillis));
    // A phase that begins in the future is the wait for a time that was told.
    boolean isTold = wasToRun || phaseNanos > now.monotonicNanos();
    activationNanos = isTold ? phaseNanos : Long.MAX_VALUE;
  }

  /** An image is offered now. */
  void offered(Now now) {
    sinceUtcMillis = now.utcMillis();
    releaseHold();
  }

  /** The image is held no longer. */
  void releaseHold() {
    holdEndNanos = Long.MAX_VALUE;
  }

  long sinceUtcMillis() {
    return sinceUtcMillis;
  }

  /** The time of day from which the time of its phase counts. */
  public long phaseUtcMillis() {
    return phaseUtcMillis;
  }

  /** The time of its phase counts from then. */
  public void phaseFrom(Now now, long nanos) {
    phaseNanos = nanos;
    phaseUtcMillis =
        now.knowsUtc()
            ? now.utcMillis() + (nanos - now.monotonicNanos()) / 1_000_000
            : Now.UTC_UNKNOWN;
  }

  /** From when the time of its phase counts. */
  public long phaseNanos() {
    return phaseNanos;
  }

  /** When it was told to run the image. */
  public long activationNanos() {
    return activationNanos;
  }

  /** Whether the device was told when to run the image. */
  public boolean isTold() {
    return activationNanos != Long.MAX_VALUE;
  }

  /** Whether the device does not run the image yet, for all that it was told. */
  public boolean isAhead(Now now) {
    return !isTold() || activationNanos - now.monotonicNanos() > 0;
  }

  /** The device is told to wait for something else than a time. */
  public void untold() {
    activationNanos = Long.MAX_VALUE;
  }

  /** It is told to run the image then. */
  public void activatesAt(long nanos) {
    activationNanos = nanos;
  }

  /** The end of the time for which the image is held. */
  public long holdEndNanos() {
    return holdEndNanos;
  }

  /** The image is held until then, unless it is held already. */
  public void holdUntil(long nanos) {
    if (holdEndNanos == Long.MAX_VALUE) {
      holdEndNanos = nanos;
    }
  }

  /** When its timer runs out; {@link Long#MAX_VALUE} if it does not run. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  void setDeadlineNanos(long nanos) {
    deadlineNanos = nanos;
  }

  /**
   * How long it has been held when the hub starts; a clock that was set back counts for nothing.
   */
  public long heldMillis(Now now) {
    return Math.max(0, sinceMillis(now, sinceUtcMillis));
  }

  /** How long ago that was, negative for the future; 0 if a clock is missing. */
  private static long sinceMillis(Now now, long utcMillis) {
    return now.knowsUtc() && utcMillis != Now.UTC_UNKNOWN ? now.utcMillis() - utcMillis : 0;
  }

  /** Writes what decides what happens next. */
  void describe(StateWriter out) {
    out.put("hold end", holdEndNanos)
        .put("phase since", phaseNanos)
        .put("activation", activationNanos)
        .put("deadline", deadlineNanos);
  }
}
