// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.journal;

import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.TrustedClock;
import org.hanota.device.DeviceEvent;

/** The device's time of day, and whether it is in doubt. [hanota H35] */
public final class DeviceClock {
  private final Eui64 device;
  private final TrustedClock clock;
  private boolean isDoubted;

  /**
   * A clock that was not read since the start.
   *
   * @param before the trusted time that the journal holds
   * @param doubted the doubted one
   */
  public DeviceClock(
      Eui64 device, TrustedClock.Limits limits, OptionalLong before, OptionalLong doubted) {
    this.device = device;
    this.clock = new TrustedClock(limits, before, doubted);
  }

  /** Judges the time of a call, and reports a doubt that begins or ends. */
  public void read(Now now, Effects effects) {
    if (!isDoubted && clock.isNear(now)) {
      return;
    }
    TrustedClock.Reading reading = clock.read(now);
    boolean wasDoubted = isDoubted;
    isDoubted = reading == TrustedClock.Reading.DOUBTED;
    if (isDoubted && !wasDoubted) {
      effects.report(new DeviceEvent.ClockDoubted(device, now.utcMillis(), clock.toStore(now)));
    } else if (wasDoubted && reading == TrustedClock.Reading.TRUSTED) {
      effects.report(new DeviceEvent.ClockTrusted(device, now.utcMillis()));
    }
  }

  /** Whether what the clock showed last brings nothing forward. */
  public boolean isDoubted() {
    return isDoubted;
  }

  /** The time of day to act by; empty if none can be trusted. */
  public OptionalLong utcMillis(Now now) {
    return clock.utcMillis(now);
  }

  /** The trusted time, also while the clock is in doubt; empty if there never was any. */
  public OptionalLong trustedMillis(Now now) {
    return clock.toStore(now);
  }

  /** What the journal keeps so that a restart does not end a doubt. */
  OptionalLong doubtedMillis(Now now) {
    return clock.doubtedToStore(now);
  }

  /** Writes how the next readings are judged. */
  void describe(StateWriter out) {
    clock.describe(out);
    out.put("clock doubted", isDoubted);
  }
}
