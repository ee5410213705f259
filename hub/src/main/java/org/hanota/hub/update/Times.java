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

  /** Whether the phase began before the hub did. */
  private boolean isPhaseOfBefore;

  /** Whether the image was held before the hub began. */
  private boolean isHoldOfBefore;

  Times() {}

  /**
   * Takes up what was stored; times count on, as far as the clock can tell.
   *
   * @param unconfirmedMs a time off that does not count yet
   * @param wasToRun whether the device was to run its image by then
   */
  void restore(
      Now now,
      long unconfirmedMs,
      long offeredUtcMillis,
      long storedPhaseUtcMillis,
      boolean wasToRun) {
    sinceUtcMillis = offeredUtcMillis;
    phaseUtcMillis = storedPhaseUtcMillis;
    isPhaseOfBefore = true;
    phaseNanos = now.plusMillis(-sinceMillis(now, unconfirmedMs, storedPhaseUtcMillis));
    // A phase that begins in the future is the wait for a time that was told.
    boolean isTimeAnnounced = wasToRun || phaseNanos > now.monotonicNanos();
    activationNanos = isTimeAnnounced ? phaseNanos : Long.MAX_VALUE;
  }

  /** An image is offered now. */
  void offered(Now now) {
    sinceUtcMillis = now.utcMillis();
    releaseHold();
  }

  /** The update is over: what begins after it is as old as itself. */
  void closed() {
    sinceUtcMillis = Now.UTC_UNKNOWN;
    releaseHold();
  }

  /** The image is held no longer. */
  void releaseHold() {
    holdEndNanos = Long.MAX_VALUE;
    isHoldOfBefore = false;
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
    isPhaseOfBefore = false;
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
  public boolean isTimeAnnounced() {
    return activationNanos != Long.MAX_VALUE;
  }

  /** Whether the device does not run the image yet, for all that it was told. */
  public boolean isAhead(Now now) {
    return !isTimeAnnounced() || activationNanos - now.monotonicNanos() > 0;
  }

  /** The device is told to wait for something else than a time. */
  public void announceNoTime() {
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

  /** The image is held on, as before the hub began. */
  void holdOn() {
    isHoldOfBefore = true;
  }

  /** Whether the time for which it was held before the hub began counts anew by that clock. */
  boolean countsHoldAnew(Now now) {
    return isHoldOfBefore && now.knowsUtc() && sinceUtcMillis != Now.UTC_UNKNOWN;
  }

  /** A phase that began before the hub did counts anew, now that the time off is known. */
  void countPhaseAnew(Now now) {
    if (isPhaseOfBefore && now.knowsUtc() && phaseUtcMillis != Now.UTC_UNKNOWN) {
      phaseNanos = now.plusMillis(-sinceMillis(now, 0, phaseUtcMillis));
    }
  }

  /** The clock was set: times of day are said by it from now on, and nothing lasts longer. */
  public void move(long millis) {
    sinceUtcMillis = moved(sinceUtcMillis, millis);
    phaseUtcMillis = moved(phaseUtcMillis, millis);
  }

  private static long moved(long utcMillis, long millis) {
    return utcMillis == Now.UTC_UNKNOWN ? Now.UTC_UNKNOWN : utcMillis + millis;
  }

  /**
   * How long it has been held when the hub starts; a clock that was set back counts for nothing.
   *
   * @param unconfirmedMs a time off that does not count yet
   */
  long heldMillis(Now now, long unconfirmedMs) {
    return Math.max(0, sinceMillis(now, unconfirmedMs, sinceUtcMillis));
  }

  /** How long ago that was, negative for the future; 0 if a clock is missing. */
  private static long sinceMillis(Now now, long unconfirmedMs, long utcMillis) {
    if (!now.knowsUtc() || utcMillis == Now.UTC_UNKNOWN) {
      return 0;
    }
    long since = now.utcMillis() - utcMillis;
    return since <= 0 ? since : Math.max(0, since - unconfirmedMs);
  }

  /** Writes what decides what happens next; since when a phase lasts only if that counts in it. */
  void describe(boolean isPhaseTimed, StateWriter out) {
    if (isPhaseTimed) {
      out.putNanos("phase since", phaseNanos).put("phase of before the start", isPhaseOfBefore);
    }
    out.putNanos("hold end", holdEndNanos)
        .put("held before the start", isHoldOfBefore)
        .putNanos("activation", activationNanos)
        .putNanos("deadline", deadlineNanos);
  }
}
