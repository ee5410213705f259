// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import java.time.Duration;
import java.util.Optional;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.machine.Now;
import org.jspecify.annotations.Nullable;

/** When an update has taken too long: by the times of its offer, or else those of the hub. */
public final class Expiry {
  private final PhaseTimeouts others;

  /**
   * @param others the times of the hub; complete
   */
  public Expiry(PhaseTimeouts others) {
    this.others = others;
  }

  private long millis(Update update, Timed timed) {
    Offer offer = update.offer();
    return (offer == null ? PhaseTimeouts.NONE : offer.timeouts()).millis(timed, others);
  }

  /** The image is held from now on, or as if it had been held for so long already. */
  public void hold(Update update, Now now, long heldMillis) {
    update
        .times()
        .holdUntil(now.plusMillis(Math.max(0, millis(update, Timed.HOLDING) - heldMillis)));
  }

  /**
   * The hub has started: the image is held on.
   *
   * @param unconfirmedMs a time off that does not count yet
   */
  public void holdOn(Update update, Now now, long unconfirmedMs) {
    hold(update, now, update.times().heldMillis(now, unconfirmedMs));
    update.times().holdOn();
  }

  /** How long the hub was off is known by now: it counts for what began before. */
  public void countAnew(Update update, Now now) {
    update.times().countPhaseAnew(now);
    if (update.times().countsHoldAnew(now)) {
      update.times().releaseHold();
      holdOn(update, now, 0);
    }
  }

  /** When the update has been in {@code phase} for too long, if nothing happens. */
  public long nanos(Update update, Phase phase) {
    return Math.min(
        phaseNanos(update, phase), isHeld(phase) ? update.times().holdEndNanos() : Long.MAX_VALUE);
  }

  /** What has taken too long, for people; empty if nothing has. */
  public Optional<String> ranOut(Update update, Now now) {
    Timed timed = timed(update.phase());
    if (timed != null && now.monotonicNanos() >= phaseNanos(update, update.phase())) {
      return Optional.of(text(update, timed));
    }
    return isHeld(update.phase()) && now.monotonicNanos() >= update.times().holdEndNanos()
        ? Optional.of(text(update, Timed.HOLDING))
        : Optional.empty();
  }

  private String text(Update update, Timed timed) {
    return timed.word() + " took longer than " + Duration.ofMillis(millis(update, timed));
  }

  /** Once the device has verified it, the image is no longer needed here. */
  private static boolean isHeld(Phase phase) {
    return phase != Phase.WAITING && phase != Phase.ACTIVATING;
  }

  private long phaseNanos(Update update, Phase phase) {
    Timed timed = timed(phase);
    if (timed == null) {
      return Long.MAX_VALUE;
    }
    long from =
        timed == Timed.TRANSFERRING || timed == Timed.VERIFYING
            ? update.transfer().lastRequestNanos()
            : update.times().phaseNanos();
    return from + millis(update, timed) * 1_000_000L;
  }

  private static @Nullable Timed timed(Phase phase) {
    return switch (phase) {
      case NOTIFIED -> Timed.QUERYING;
      case TRANSFERRING -> Timed.TRANSFERRING;
      case VERIFYING -> Timed.VERIFYING;
      case WAITING -> Timed.WAITING;
      case ACTIVATING -> Timed.ACTIVATING;
      case IDLE, QUEUED, PAUSED, CONFIRMED, FAILED -> null;
    };
  }
}
