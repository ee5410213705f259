// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Now;
import org.hanota.api.zcl.UpgradeEndResponse;

/**
 * Whether the image in a device's slot may run now, and why. Knows what the server and the head end
 * said and what lies in the slot, not what the device makes of it: it is the oracle of the tests.
 */
public final class ActivationModel {
  private static final int TRIES = 3;
  private static final long HOUR_MS = 3_600_000;
  private static final long HOUR_NANOS = HOUR_MS * 1_000_000;
  private static final int READINGS = 4;

  /** What lies in the slot. */
  public enum Slot {
    /** No whole image. */
    NOTHING,
    /** A whole image whose check is not done. */
    UNCHECKED,
    /** A whole image that the device's verifier takes. */
    VERIFIED
  }

  /** A command that was accepted: the hash that it names, and its time if it has one. */
  private record Order(long counter, Octets hash, OptionalLong utcMillis) {}

  private final boolean byCommand;
  private long counter = -1;
  private Optional<Order> order = Optional.empty();
  private OptionalLong dueNanos = OptionalLong.empty();
  private OptionalLong dueUtcMillis = OptionalLong.empty();
  private int unanswered;
  private long firstUnansweredNanos;

  // The clock: trusted, doubted and ahead are what it showed, less the time since the device was
  // made; ahead is the least that was doubted as ahead since a time was trusted.
  private OptionalLong beforeMillis = OptionalLong.empty();
  private OptionalLong trusted = OptionalLong.empty();
  private OptionalLong doubted = OptionalLong.empty();
  private OptionalLong ahead = OptionalLong.empty();
  private int readings;
  private long countedNanos;

  /**
   * @param byCommand UpgradeActivationPolicy 1: only a command activates. [ZCL 11.10.12]
   */
  public ActivationModel(boolean byCommand) {
    this.byCommand = byCommand;
  }

  /**
   * Nothing runs that is not verified, or without enough power. A command runs the image whose hash
   * it names, from its time on. [GBCS 11.5] A server runs an image from the time that it set; if it
   * set none, its silence does, after three hourly tries. [ZCL 11.11.4], [ZCL 11.10.13]
   *
   * @return why it may run; empty if it may not
   */
  public Optional<String> mayRun(Slot slot, Octets hash, boolean enoughPower, Now now) {
    if (slot != Slot.VERIFIED || !enoughPower) {
      return Optional.empty();
    }
    if (byCommand) {
      return order
          .filter(o -> o.hash().equals(hash) && hasCome(o.utcMillis(), now))
          .map(o -> "a command names it");
    }
    if (dueNanos.isPresent() || dueUtcMillis.isPresent()) {
      boolean isDue =
          dueNanos.isPresent()
              ? dueNanos.getAsLong() <= now.monotonicNanos()
              : hasCome(dueUtcMillis, now);
      return isDue ? Optional.of("the server's time has come") : Optional.empty();
    }
    return unanswered >= TRIES && now.monotonicNanos() - firstUnansweredNanos >= 2 * HOUR_NANOS
        ? Optional.of("the server is silent")
        : Optional.empty();
  }

  private boolean hasCome(OptionalLong utcMillis, Now now) {
    return utcMillis.isEmpty() || (now.knowsUtc() && utcMillis.getAsLong() <= utcMillis(now));
  }

  /** A clock in doubt brings nothing forward: of it and the trusted time the earlier counts. */
  private long utcMillis(Now now) {
    long known = trusted.isPresent() ? knownMillis(now) : Long.MIN_VALUE;
    return doubted.isEmpty() ? now.utcMillis() : Math.min(now.utcMillis(), known);
  }

  private long knownMillis(Now now) {
    return trusted.isPresent()
        ? trusted.getAsLong() + millis(now)
        : beforeMillis.orElse(Long.MIN_VALUE);
  }

  private static long millis(Now now) {
    return now.monotonicNanos() / 1_000_000;
  }

  /**
   * The device reads its clock. The first time that it shows is trusted; one that lies more than an
   * hour off is doubted until four readings, two hours apart, have shown it. A restart counts anew:
   * the clock may have gone on for 31 days, unless it was doubted as ahead and still shows as much.
   * (ours)
   */
  public void reads(Now now) {
    if (!now.knowsUtc()) {
      return;
    }
    long shown = now.utcMillis() - millis(now);
    boolean isSameDoubt = doubted.isPresent() && isNear(shown, doubted);
    boolean isPlausible =
        trusted.isPresent() ? isNear(shown, trusted) : follows(shown, now.utcMillis());
    if (!isPlausible && now.utcMillis() > knownMillis(now)) {
      ahead = OptionalLong.of(Math.min(shown, ahead.orElse(shown)));
    }
    if (!isPlausible && !isSameDoubt) {
      doubted = OptionalLong.of(shown);
      readings = 0;
    }
    if (readings == 0 || now.monotonicNanos() - countedNanos >= 2 * HOUR_NANOS) {
      readings++;
      countedNanos = now.monotonicNanos();
    }
    if (isPlausible || readings >= READINGS) {
      trusted = isPlausible && trusted.isPresent() ? trusted : OptionalLong.of(shown);
      doubted = OptionalLong.empty();
      ahead = OptionalLong.empty();
    }
  }

  private static boolean isNear(long shown, OptionalLong other) {
    return Math.abs(shown - other.getAsLong()) <= HOUR_MS;
  }

  private boolean follows(long shown, long utcMillis) {
    boolean isBelowDoubt = ahead.isEmpty() || shown < ahead.getAsLong() - HOUR_MS;
    boolean followsBefore =
        beforeMillis.isEmpty()
            || (utcMillis >= beforeMillis.getAsLong() - HOUR_MS
                && utcMillis <= beforeMillis.getAsLong() + 31 * 24 * HOUR_MS);
    return isBelowDoubt && followsBefore;
  }

  /** Whether a command counts: authentic, from the device's own supplier, and newer. [GBCS 11] */
  public boolean accepts(boolean authentic, boolean fromOwnSupplier, long originatorCounter) {
    return byCommand && authentic && fromOwnSupplier && originatorCounter > counter;
  }

  /**
   * A command to run an image takes the place of the one before. One without a time is void where
   * no image is held, or another one than it names. [GBCS 11.5]
   */
  public void ordered(long at, Octets hash, OptionalLong utcMillis, Slot slot, Octets held) {
    counter = at;
    boolean isVoid =
        utcMillis.isEmpty()
            && (slot == Slot.NOTHING || (slot == Slot.VERIFIED && !held.equals(hash)));
    if (!isVoid) {
      order = Optional.of(new Order(at, hash, utcMillis));
    }
  }

  /** What is cancelled never happens. [GBCS 11.5] */
  public void cancelled(long at) {
    counter = at;
    order = Optional.empty();
  }

  /** The device told how the command with this counter ended: it is used up. [GBCS 11.5] */
  public void ended(long at) {
    order = order.filter(o -> o.counter() != at);
  }

  /** The image was put in place: whatever allowed that is used up. */
  public void ran() {
    order = Optional.empty();
    dueNanos = OptionalLong.empty();
    dueUtcMillis = OptionalLong.empty();
    unanswered = 0;
  }

  /** The image was given up: only a command that set a time is kept. (ours) */
  public void givenUp() {
    Optional<Order> kept = order.filter(o -> o.utcMillis().isPresent());
    ran();
    order = kept;
  }

  /** An Upgrade End Request went out. */
  public void asked(Now now) {
    if (unanswered++ == 0) {
      firstUnansweredNanos = now.monotonicNanos();
    }
  }

  /**
   * The server's word takes the place of the one before: all ones mean wait; from a current time of
   * zero the upgrade time is an offset, from all ones it is a time of the clock, else the
   * difference counts; one before the current time makes no sense. [ZCL 11.11.4] A time of a clock
   * in doubt is waited for until that clock is trusted (ours).
   */
  public void answered(UpgradeEndResponse response, Now now) {
    unanswered = 0;
    dueNanos = OptionalLong.empty();
    dueUtcMillis = OptionalLong.empty();
    ZigBeeTime upgrade = response.upgradeTime();
    boolean byClock = response.currentTime().equals(ZigBeeTime.INVALID);
    if (upgrade.equals(ZigBeeTime.INVALID) || (byClock && !now.knowsUtc())) {
      return;
    }
    if (byClock && doubted.isPresent() && upgrade.utcMillis() > utcMillis(now)) {
      dueUtcMillis = OptionalLong.of(upgrade.utcMillis());
      return;
    }
    long delayMs =
        byClock
            ? Math.max(0, upgrade.utcMillis() - now.utcMillis())
            : (upgrade.seconds() - response.currentTime().seconds()) * 1_000;
    if (delayMs >= 0) {
      dueNanos = OptionalLong.of(now.monotonicNanos() + delayMs * 1_000_000);
      if (delayMs > 0 && now.knowsUtc()) {
        dueUtcMillis = OptionalLong.of(now.utcMillis() + delayMs);
      }
    }
  }

  /**
   * A restart forgets how long it was to a time: only the clock tells. (ours)
   *
   * @param trustedMillis the trusted time that the device has kept, in Unix time
   */
  public void restarted(OptionalLong trustedMillis) {
    dueNanos = OptionalLong.empty();
    trusted = OptionalLong.empty();
    readings = 0;
    beforeMillis = trustedMillis;
  }
}
