// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.activation;

import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceTimer;
import org.hanota.device.bank.Journal.Activation;
import org.hanota.device.journal.DeviceClock;
import org.hanota.device.journal.DeviceJournal;

/** When an image is to run, and whether that time has come. */
public final class UpgradeTime {
  private final DeviceParameters parameters;
  private final DeviceJournal journal;
  private final DeviceClock clock;
  private final Timers<DeviceTimer> timers;

  /**
   * When the time comes that the server has set. Empty where only the clock tells: a time that was
   * found in the journal, so that how long it was from then is forgotten, or that was set by a
   * clock in doubt.
   */
  private OptionalLong dueNanos = OptionalLong.empty();

  /** Begins with the upgrade time in the journal, if there is one. */
  public UpgradeTime(
      DeviceParameters parameters, DeviceJournal journal, Timers<DeviceTimer> timers) {
    this.parameters = parameters;
    this.journal = journal;
    this.clock = journal.clock();
    this.timers = timers;
  }

  /** The activation whose time only the clock tells, as a command's always does. */
  public Optional<Activation> byClock() {
    return journal
        .current()
        .activation()
        .filter(decided -> decided.utcMillis().isPresent())
        .filter(decided -> dueNanos.isEmpty() || !decided.command().isEmpty());
  }

  /** The activation that has a time, whatever tells when it comes. */
  Optional<Activation> timed() {
    return dueNanos.isPresent() && isSetByServer() ? journal.current().activation() : byClock();
  }

  /** The activation that a signed command has decided. */
  Optional<Activation> commanded() {
    return journal.current().activation().filter(decided -> !decided.command().isEmpty());
  }

  /** Whether a command to activate at once is kept. */
  public boolean isOrderedNow() {
    return commanded().filter(decided -> decided.utcMillis().isEmpty()).isPresent();
  }

  /** Whether the time was set by the server, not by a command. */
  public boolean isSetByServer() {
    return journal
        .current()
        .activation()
        .filter(decided -> decided.command().isEmpty())
        .isPresent();
  }

  /** Waits for the time that is decided, if there is one. */
  public void await(Now now) {
    if (dueNanos.isPresent() && isSetByServer()) {
      timers.set(DeviceTimer.ACTIVATION, Math.max(now.monotonicNanos(), dueNanos.getAsLong()));
    } else {
      byClock().ifPresent(decided -> again(now, untilMs(decided, now)));
    }
  }

  /** The same, unless something is waited for already. */
  public void awaitOnce(Now now) {
    if (!timers.runs(DeviceTimer.ACTIVATION)) {
      await(now);
    }
  }

  private long untilMs(Activation decided, Now now) {
    OptionalLong utc = clock.utcMillis(now);
    return utc.isPresent()
        ? Math.max(
            0, Math.min(parameters.clockCheckMs(), decided.utcMillis().orElse(0) - utc.getAsLong()))
        : parameters.clockCheckMs();
  }

  /** Whether that time, by the clock as it is now, has not come. */
  public boolean isTooEarly(Now now) {
    if (dueNanos.isPresent() && isSetByServer()) {
      return now.monotonicNanos() < dueNanos.getAsLong();
    }
    OptionalLong utc = clock.utcMillis(now);
    return byClock()
        .filter(d -> utc.isEmpty() || d.utcMillis().orElse(0) > utc.getAsLong())
        .isPresent();
  }

  /** Looks at the time of activation again after {@code afterMs}. */
  public void again(Now now, long afterMs) {
    timers.set(DeviceTimer.ACTIVATION, now.plusMillis(afterMs));
  }

  /** Waits for no time of activation any more. */
  public void stop() {
    timers.stop(DeviceTimer.ACTIVATION);
  }

  /** Waits for nothing else than what is decided. */
  public void keep(Now now) {
    if (journal.current().activation().isEmpty()) {
      stop();
    } else {
      awaitOnce(now);
    }
  }

  /** The server says anew when the image runs: what it said before no longer counts. */
  void clear(Now now) {
    dueNanos = OptionalLong.empty();
    stop();
    if (journal.current().activation().isPresent()) {
      journal.save(now, journal.current().withActivation(Optional.empty()));
    }
  }

  /**
   * The server has set a time so far from now.
   *
   * @return that time by the clock, where it shows one
   */
  OptionalLong set(Now now, ImageId image, long delayMs, Eui64 server) {
    // After a restart only the clock tells, which may still be wrong: of what it shows and the
    // trusted time, the later one brings nothing forward.
    long trusted = clock.trustedMillis(now).orElse(Long.MIN_VALUE);
    OptionalLong utc =
        now.knowsUtc()
            ? OptionalLong.of(Math.max(now.utcMillis(), trusted) + delayMs)
            : OptionalLong.empty();
    store(now, image, utc, server);
    dueNanos = OptionalLong.of(now.plusMillis(delayMs));
    await(now);
    return utc;
  }

  /**
   * The server has set a time by the device's clock, which is in doubt: it is waited for until the
   * doubt is over. False if it has come by any account. [hanota H35]
   */
  boolean setInDoubt(Now now, ImageId image, long utcMillis, Eui64 server) {
    OptionalLong utc = clock.utcMillis(now);
    if (utc.isPresent() && utcMillis <= utc.getAsLong()) {
      return false;
    }
    store(now, image, OptionalLong.of(utcMillis), server);
    await(now);
    return true;
  }

  private void store(Now now, ImageId image, OptionalLong utcMillis, Eui64 server) {
    Activation decided = new Activation(image, utcMillis, Octets.EMPTY, Optional.of(server));
    journal.save(now, journal.current().withActivation(Optional.of(decided)));
  }

  /** Whether the clock is in doubt. */
  boolean isInDoubt() {
    return clock.isDoubted();
  }

  /** Writes what decides what happens next besides the journal. */
  public void describe(StateWriter out) {
    dueNanos.ifPresent(due -> out.putNanos("server's time", due));
  }
}
