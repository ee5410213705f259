// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.api.machine.TrustedClock;
import org.hanota.api.machine.TrustedClock.Reading;
import org.hanota.hub.HubEvent;
import org.hanota.hub.store.StoredClock;

/**
 * The time that the whole hub acts by. A clock in doubt may make an update wait longer; it neither
 * lets one run earlier nor ends an offer. How long the hub was off, only its clock can tell:
 * nothing expires by that before a later reading agrees. [hanota H35]
 */
public final class HubClock {
  /** A stored time that is older says less of how long the hub was off. */
  private static final long STORE_NANOS = TimeUnit.DAYS.toNanos(1);

  private static final long NOTHING = Long.MAX_VALUE / 2;

  private final TrustedClock.Limits limits;
  private final long checkMs;
  private final Timers<HubTimer> timers;
  private TrustedClock clock;
  private boolean isDoubted;

  /** Whether another reading near the last one has nothing to tell. */
  private boolean isSettled;

  /** What the clock showed last while it was doubted. */
  private long doubtedUtcMillis;

  /** A doubt that began or ended since the last save: a restart must not forget it. */
  private boolean hasTurned;

  /** What is stored of a doubt, minus monotonic time; more than any clock shows if nothing is. */
  private long storedAheadMs = NOTHING;

  private long storedNanos;
  private long nextLookNanos = Long.MAX_VALUE;

  private long startNanos;
  private OptionalLong before = OptionalLong.empty();

  /** When a time was trusted first since the start. */
  private long trustedSinceNanos = Long.MAX_VALUE;

  /** How much of the trusted time is a time off that no later reading confirmed. */
  private long unconfirmedMs;

  /** When that is looked at again; {@link Long#MAX_VALUE} if there is none. */
  private long confirmNanos = Long.MAX_VALUE;

  /** How far the trusted time has been set, in milliseconds, while times counted by it. */
  private long setByMs;

  private boolean mustCountAnew;

  /**
   * A clock that was not read yet.
   *
   * @param checkMs how often it is looked at while it is in doubt, so that the doubt ends by itself
   */
  public HubClock(TrustedClock.Limits limits, long checkMs, Timers<HubTimer> timers) {
    this.limits = limits;
    this.checkMs = checkMs;
    this.timers = timers;
    this.clock = clock(StoredClock.NONE);
  }

  private TrustedClock clock(StoredClock stored) {
    return new TrustedClock(limits, stored.trusted(), stored.doubted());
  }

  /** Takes up what was stored. */
  public void start(Now shown, StoredClock stored) {
    clock = clock(stored);
    isSettled = false;
    storedNanos = shown.monotonicNanos();
    startNanos = shown.monotonicNanos();
    before = stored.trusted();
    unconfirmedMs = stored.unconfirmedMs();
  }

  /**
   * Judges the time of a call, and reports a doubt that begins or ends.
   *
   * @return the time to act by: its time of day is the earlier of the shown and the trusted one
   *     while the clock is in doubt, and unknown if none can be trusted
   */
  public Now read(Now shown, Effects effects) {
    if (isSettled && clock.isNear(shown)) {
      return shown;
    }
    Now now = judge(shown, effects);
    timers.set(HubTimer.CLOCK, Math.min(nextLookNanos, confirmNanos));
    return now;
  }

  private Now judge(Now shown, Effects effects) {
    OptionalLong trusted = isDoubted ? clock.toStore(shown) : OptionalLong.empty();
    Reading reading = clock.read(shown);
    isSettled = false;
    if (reading == Reading.TRUSTED) {
      count(shown, trusted);
    } else {
      lookLater(shown);
    }
    if (reading == Reading.DOUBTED) {
      doubt(shown, effects);
      return new Now(shown.monotonicNanos(), clock.utcMillis(shown).orElse(Now.UTC_UNKNOWN));
    }
    if (isDoubted && reading == Reading.TRUSTED) {
      isDoubted = false;
      hasTurned = true;
      nextLookNanos = Long.MAX_VALUE;
      effects.report(new HubEvent.ClockTrusted(shown.utcMillis()));
    }
    isSettled = reading == Reading.TRUSTED && unconfirmedMs == 0;
    return shown;
  }

  /**
   * Keeps account of how long the hub was off.
   *
   * @param doubtedBefore what was trusted instead of a clock that was doubted until now
   */
  private void count(Now shown, OptionalLong doubtedBefore) {
    if (trustedSinceNanos == Long.MAX_VALUE) {
      trustedSinceNanos = shown.monotonicNanos();
      if (before.isPresent()) {
        long ranMs = TimeUnit.NANOSECONDS.toMillis(shown.monotonicNanos() - startNanos);
        wasOff(shown.utcMillis() - before.getAsLong() - ranMs);
      }
      mustCountAnew = unconfirmedMs == 0 && shown.monotonicNanos() > startNanos;
    } else if (doubtedBefore.isPresent()) {
      long stepMs = shown.utcMillis() - doubtedBefore.getAsLong();
      setByMs += Math.abs(stepMs) > limits.stepMs() ? stepMs : 0;
    }
    if (unconfirmedMs > 0) {
      confirmNanos = trustedSinceNanos + limits.confirmationMs() * 1_000_000L;
      if (shown.monotonicNanos() >= confirmNanos) {
        unconfirmedMs = 0;
        confirmNanos = Long.MAX_VALUE;
        mustCountAnew = true;
        hasTurned = true;
      }
    }
  }

  private void wasOff(long millis) {
    if (Math.abs(millis) > limits.stepMs()) {
      unconfirmedMs = Math.max(0, unconfirmedMs + millis);
      hasTurned = true;
    }
  }

  /** What nothing may expire by: a time off that no later reading has confirmed yet. */
  public long unconfirmedMs() {
    return unconfirmedMs;
  }

  /** Whether {@link #takeCountsAnew} or {@link #takeSetByMs} has something to tell. */
  public boolean movesTimes() {
    return mustCountAnew || setByMs != 0;
  }

  /** Whether the time off is known by now, so that what expires by it counts anew. Asked once. */
  public boolean takeCountsAnew() {
    boolean value = mustCountAnew;
    mustCountAnew = false;
    return value;
  }

  /** By how much times of day have to be moved, since the trusted time was set. Asked once. */
  public long takeSetByMs() {
    long value = setByMs;
    setByMs = 0;
    return value;
  }

  private void doubt(Now shown, Effects effects) {
    doubtedUtcMillis = shown.utcMillis();
    // A clock that comes nearer while it is doubted must not be near enough after a restart.
    hasTurned |= aheadMs(shown) < storedAheadMs - limits.stepMs();
    if (!isDoubted) {
      isDoubted = true;
      hasTurned = true;
      effects.report(new HubEvent.ClockDoubted(shown.utcMillis(), clock.toStore(shown)));
    }
    if (nextLookNanos == Long.MAX_VALUE) {
      nextLookNanos = shown.plusMillis(checkMs);
    }
  }

  /** The look that was due has told nothing, also if the clock shows no time at all. */
  private void lookLater(Now shown) {
    if (shown.monotonicNanos() >= nextLookNanos) {
      nextLookNanos = shown.plusMillis(checkMs);
    }
    if (shown.monotonicNanos() >= confirmNanos) {
      confirmNanos = shown.plusMillis(checkMs);
    }
  }

  /** What the clock showed last; empty while it is trusted. */
  public OptionalLong doubtedUtcMillis() {
    return isDoubted ? OptionalLong.of(doubtedUtcMillis) : OptionalLong.empty();
  }

  private long aheadMs(Now now) {
    OptionalLong doubted = clock.doubtedToStore(now);
    return doubted.isPresent()
        ? doubted.getAsLong() - TimeUnit.NANOSECONDS.toMillis(now.monotonicNanos())
        : NOTHING;
  }

  /** Whether a restart would forget a doubt, or the end of one. */
  boolean hasTurned() {
    return hasTurned;
  }

  /** Whether what is stored is old. */
  boolean isStale(Now now) {
    return now.monotonicNanos() - storedNanos >= STORE_NANOS;
  }

  /** What is stored with each save. */
  StoredClock toStore(Now now) {
    return new StoredClock(clock.toStore(now), clock.doubtedToStore(now), unconfirmedMs);
  }

  /** That is stored. */
  void stored(Now now) {
    hasTurned = false;
    storedAheadMs = aheadMs(now);
    storedNanos = now.monotonicNanos();
  }

  /** Writes how the next readings are judged, and when the clock is looked at. */
  public void describe(StateWriter out) {
    clock.describe(out);
    out.put("clock doubted", isDoubted)
        .put("clock turned", hasTurned)
        .put("stored ahead minus monotonic", storedAheadMs)
        .putNanos("clock stored", storedNanos)
        .putNanos("next look", nextLookNanos)
        .put("unconfirmed time off", unconfirmedMs)
        .putNanos("time off confirmed", confirmNanos)
        .put("must count anew", mustCountAnew)
        .put("clock set by", setByMs);
    if (trustedSinceNanos == Long.MAX_VALUE) {
      out.putNanos("started", startNanos);
      before.ifPresent(utc -> out.putUtc("trusted before the start", utc));
    } else if (unconfirmedMs > 0) {
      out.putNanos("trusted since", trustedSinceNanos);
    }
  }
}
