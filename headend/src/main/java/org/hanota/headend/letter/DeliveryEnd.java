// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.letter;

/** How a delivery ended. */
public sealed interface DeliveryEnd {
  /** The hub has kept it. */
  record Delivered() implements DeliveryEnd {}

  /** The hub does not take it. */
  record Refused(String reason) implements DeliveryEnd {}

  /** The hub did not say anything in time. */
  record TimedOut() implements DeliveryEnd {}

  /**
   * It was taken back after it was sent, and the hub has not said what became of it: the hub may
   * have it. [hanota H179]
   */
  record Unknown() implements DeliveryEnd {}

  /** It was taken back before it was on its way. */
  record Withdrawn(String reason) implements DeliveryEnd {}
}
