// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.clock;

import org.hanota.api.machine.Event;

/** What a machine of the head end thinks of its clock. Times are Unix times in milliseconds. */
public sealed interface ClockEvent extends Event {
  /**
   * The clock stepped far: until equal readings confirm it, nothing is early or ends by it.
   *
   * @param shownUtcMillis what it shows
   * @param usedUtcMillis what the machine acts by
   */
  record Doubted(long shownUtcMillis, long usedUtcMillis) implements ClockEvent {}

  /**
   * The doubt has ended.
   *
   * @param utcMillis what it shows
   */
  record Trusted(long utcMillis) implements ClockEvent {}
}
