// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.util.OptionalLong;
import org.hanota.api.machine.StateWriter;

/**
 * What outlives a restart of a hub's time of day, in milliseconds since 1970 in UTC. [hanota H35]
 *
 * @param trusted the trusted time at the save; empty if there never was any
 * @param doubted the least that the clock showed ahead of it while it was doubted; empty if it is
 *     not
 * @param unconfirmedMs how much of the trusted time is a time off that no second reading confirmed
 */
public record StoredClock(OptionalLong trusted, OptionalLong doubted, long unconfirmedMs) {
  /** Of a hub that never knew the time. */
  public static final StoredClock NONE =
      new StoredClock(OptionalLong.empty(), OptionalLong.empty(), 0);

  /** Writes all of it, its times as such. */
  public void describe(StateWriter out) {
    trusted.ifPresent(utc -> out.putUtc("stored clock", utc));
    doubted.ifPresent(utc -> out.putUtc("stored doubt", utc));
    out.put("stored as unconfirmed", unconfirmedMs);
  }
}
