// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.time.Duration;
import java.util.Optional;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.machine.Now;
import org.jspecify.annotations.Nullable;

/** When an update has taken too long: by the times of its offer, or else those of the hub. */
final class Expiry {
  private final PhaseTimeouts others;

  Expiry(PhaseTimeouts others) {
    this.others = others;
  }

  long millis(DeviceEntry entry, Timed timed) {
    PhaseTimeouts own = entry.offer == null ? PhaseTimeouts.NONE : entry.offer.timeouts();
    return own.millis(timed, others);
  }

  /** When the entry has been in {@code phase} for too long, if nothing happens. */
  long nanos(DeviceEntry entry, Phase phase) {
    return Math.min(phaseNanos(entry, phase), isHeld(phase) ? entry.holdEndNanos : Long.MAX_VALUE);
  }

  /** What has taken too long, for people; empty if nothing has. */
  Optional<String> ranOut(DeviceEntry entry, Phase phase, Now now) {
    Timed timed = timed(phase);
    if (timed != null && now.monotonicNanos() >= phaseNanos(entry, phase)) {
      return Optional.of(text(entry, timed));
    }
    return isHeld(phase) && now.monotonicNanos() >= entry.holdEndNanos
        ? Optional.of(text(entry, Timed.HOLDING))
        : Optional.empty();
  }

  private String text(DeviceEntry entry, Timed timed) {
    return timed.word() + " took longer than " + Duration.ofMillis(millis(entry, timed));
  }

  /** Once the device has verified it, the image is no longer needed here. */
  private static boolean isHeld(Phase phase) {
    return phase != Phase.WAITING && phase != Phase.ACTIVATING;
  }

  private long phaseNanos(DeviceEntry entry, Phase phase) {
    Timed timed = timed(phase);
    if (timed == null) {
      return Long.MAX_VALUE;
    }
    long from =
        timed == Timed.TRANSFERRING || timed == Timed.VERIFYING
            ? entry.lastHeardNanos
            : entry.phaseNanos;
    return from + millis(entry, timed) * 1_000_000L;
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
