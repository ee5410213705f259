// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.util.OptionalLong;

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
}
