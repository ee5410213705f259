// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.capacity;

/** Whether the WAN has room for something. "Not now" is another answer than "no". */
public sealed interface CapacityAnswer {
  /**
   * It has.
   *
   * @param endsUtcMillis when it is expected to be done
   */
  record Fits(long endsUtcMillis) implements CapacityAnswer {}

  /**
   * Not at that time.
   *
   * @param earliestUtcMillis when it would fit
   */
  record NotNow(long earliestUtcMillis) implements CapacityAnswer {}

  /** Never. */
  record No(String reason) implements CapacityAnswer {}
}
