// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Width;

/**
 * Judges a node's time of day, which anybody who reaches its clock may set. A node that never knew
 * the time takes any. A later step above a limit is doubted: it may make the node wait longer, but
 * brings nothing forward, until equal readings over some hours confirm it. So a wrong clock
 * activates nothing early, and one that is right after all is taken in the end. [hanota H35]
 *
 * <p>Has no clock of its own: its owner shows it the time of each call.
 */
public final class TrustedClock {
  private static final long UNKNOWN = Long.MIN_VALUE;

  /** Time that passes without a step within this is not worth another look at the clock. */
  private static final long LOOK_MS = 1_000;

  private static final long LOOK_NANOS = LOOK_MS * 1_000_000;

  /** No sum or difference of two such times overflows. */
  private static final long FARTHEST = Long.MAX_VALUE / 4;

  /**
   * How far a clock is believed.
   *
   * @param stepMs the largest step that is taken at once; also how far equal readings lie apart
   * @param absenceMs how long a node may have been off: after a restart, a clock that shows more
   *     than this beyond the time that was stored is doubted
   * @param confirmationMs how long readings must have been equal before a doubted clock is taken
   * @param readings how many equal readings that takes
   */
  public record Limits(long stepMs, long absenceMs, long confirmationMs, int readings) {
    /** Refuses limits that would never or always doubt. */
    public Limits {
      Width.range("stepMs", stepMs, 1, FARTHEST);
      Width.range("absenceMs", absenceMs, 1, FARTHEST);
      Width.range("confirmationMs", confirmationMs, 1, FARTHEST);
      Width.range("readings", readings, 2, 1_000);
    }
  }

  /** What one reading is worth. */
  public enum Reading {
    /** The clock shows no time. */
    UNKNOWN,
    /** It may be acted on. */
    TRUSTED,
    /** It may make the node wait, and brings nothing forward. */
    DOUBTED
  }

  private final Limits limits;

  /** The trusted time when the node was off; unknown once a time is trusted since the start. */
  private long before;

  /** Trusted UTC minus monotonic time, in milliseconds. */
  private long offset = UNKNOWN;

  /**
   * What the clock showed at least while it was doubted before the start; unknown if it was not.
   */
  private long doubtedBefore;

  /** The least offset of a clock ahead of the trusted time, since that was trusted last. */
  private long aheadOffset = UNKNOWN;

  /** The last time that was found to be trusted; unknown if the last one was not. */
  private long trustedUtcMillis = Now.UTC_UNKNOWN;

  private long trustedNanos;

  private long doubtedOffset = UNKNOWN;
  private long firstReading;
  private long lastReading;
  private int readings;

  /**
   * A clock that was not read since the start.
   *
   * @param before the trusted time that the node's storage holds; empty if it never knew any
   * @param doubted what {@link #doubtedToStore} gave; empty if the clock was not doubted
   */
  public TrustedClock(Limits limits, OptionalLong before, OptionalLong doubted) {
    this.limits = limits;
    this.before = before.orElse(UNKNOWN);
    this.doubtedBefore = doubted.orElse(UNKNOWN);
  }

  /** Judges the time of a call. To look often costs little and shortens no confirmation. */
  public Reading read(Now now) {
    if (isNear(now)) {
      return Reading.TRUSTED;
    }
    Reading reading = judge(now);
    trustedUtcMillis = reading == Reading.TRUSTED ? now.utcMillis() : Now.UTC_UNKNOWN;
    trustedNanos = now.monotonicNanos();
    return reading;
  }

  /** Whether a time was trusted so shortly before that this one is trusted without a check. */
  public boolean isNear(Now now) {
    long utcPassed = now.utcMillis() - trustedUtcMillis;
    long nanosPassed = now.monotonicNanos() - trustedNanos;
    return trustedUtcMillis != Now.UTC_UNKNOWN
        && utcPassed >= 0
        && utcPassed < LOOK_MS
        && nanosPassed >= 0
        && nanosPassed < LOOK_NANOS;
  }

  private Reading judge(Now now) {
    if (!now.knowsUtc()) {
      return Reading.UNKNOWN;
    }
    // A clock may show anything; beyond these ends it shows nothing that differs.
    long shown = Math.max(-FARTHEST, Math.min(FARTHEST, now.utcMillis()));
    long found = shown - monotonicMillis(now);
    if (isPlausible(found, shown)) {
      return trusted(offset == UNKNOWN ? found : offset);
    }
    if (isConfirmed(found, monotonicMillis(now))) {
      return trusted(found);
    }
    boolean isAhead = offset == UNKNOWN ? shown > before : found > offset;
    if (isAhead && (aheadOffset == UNKNOWN || found < aheadOffset)) {
      aheadOffset = found;
    }
    return Reading.DOUBTED;
  }

  private Reading trusted(long found) {
    offset = found;
    doubtedOffset = UNKNOWN;
    aheadOffset = UNKNOWN;
    doubtedBefore = UNKNOWN;
    return Reading.TRUSTED;
  }

  private boolean isPlausible(long found, long utcMillis) {
    if (offset != UNKNOWN) {
      return Math.abs(found - offset) <= limits.stepMs();
    }
    // A clock that was doubted before the start is no better after it, unless it was set back.
    boolean isBelowDoubt = doubtedBefore == UNKNOWN || utcMillis < doubtedBefore - limits.stepMs();
    boolean followsBefore =
        before == UNKNOWN
            || (utcMillis >= before - limits.stepMs() && utcMillis <= before + limits.absenceMs());
    return isBelowDoubt && followsBefore;
  }

  /** Counts equal readings, spread over the time that they have to cover. */
  private boolean isConfirmed(long found, long atMillis) {
    if (doubtedOffset == UNKNOWN || Math.abs(found - doubtedOffset) > limits.stepMs()) {
      doubtedOffset = found;
      firstReading = atMillis;
      lastReading = atMillis;
      readings = 1;
      return false;
    }
    if (atMillis - lastReading >= limits.confirmationMs() / (limits.readings() - 1)) {
      lastReading = atMillis;
      readings++;
    }
    return readings >= limits.readings() && atMillis - firstReading >= limits.confirmationMs();
  }

  /**
   * The time of day to act by: what the clock shows, or while that is doubted the earlier of it and
   * the trusted time. Empty if no time can be trusted.
   */
  public OptionalLong utcMillis(Now now) {
    return switch (read(now)) {
      case UNKNOWN -> OptionalLong.empty();
      case TRUSTED -> OptionalLong.of(now.utcMillis());
      case DOUBTED ->
          offset == UNKNOWN
              ? OptionalLong.empty()
              : OptionalLong.of(Math.min(now.utcMillis(), monotonicMillis(now) + offset));
    };
  }

  /**
   * What storage keeps for the next start: the trusted time, also while the clock is doubted; empty
   * if there never was any.
   */
  public OptionalLong toStore(Now now) {
    if (offset != UNKNOWN) {
      return OptionalLong.of(monotonicMillis(now) + offset);
    }
    return before == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(before);
  }

  /**
   * What storage keeps for the next start, since otherwise a restart would end the doubt: the least
   * that the clock has shown beyond the trusted time. Empty if nothing ahead of that is doubted.
   */
  public OptionalLong doubtedToStore(Now now) {
    if (aheadOffset == UNKNOWN) {
      return doubtedBefore == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(doubtedBefore);
    }
    long ahead = monotonicMillis(now) + aheadOffset;
    return OptionalLong.of(doubtedBefore == UNKNOWN ? ahead : Math.min(ahead, doubtedBefore));
  }

  private static long monotonicMillis(Now now) {
    return TimeUnit.NANOSECONDS.toMillis(now.monotonicNanos());
  }

  /** Writes what decides how the next readings are judged. */
  public void describe(StateWriter out) {
    if (offset != UNKNOWN) {
      out.put("trusted UTC minus monotonic", offset);
    } else if (before != UNKNOWN) {
      out.putUtc("trusted UTC before", before);
    }
    if (doubtedBefore != UNKNOWN) {
      out.putUtc("doubted UTC before", doubtedBefore);
    }
    if (aheadOffset != UNKNOWN) {
      out.put("least UTC ahead minus monotonic", aheadOffset);
    }
    if (doubtedOffset != UNKNOWN) {
      out.put("doubted UTC minus monotonic", doubtedOffset)
          .put("equal readings", readings)
          .putNanos("first reading", TimeUnit.MILLISECONDS.toNanos(firstReading))
          .putNanos("last reading", TimeUnit.MILLISECONDS.toNanos(lastReading));
    }
  }
}
