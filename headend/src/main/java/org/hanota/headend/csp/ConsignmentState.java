// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

/** How far something got on its way to a hub. */
public enum ConsignmentState {
  /** It waits for its turn. */
  QUEUED,
  /** It was sent, and the hub has not said anything yet. */
  SENT,
  /** It was sent and then taken back: it is not sent again, and the hub may have it. */
  RECALLED,
  /** The hub has kept it. */
  DELIVERED,
  /** The hub did not take it. */
  REFUSED,
  /** The hub did not say anything in time. */
  TIMED_OUT,
  /** It was taken back after it was sent, and the hub, which may have it, did not say anything. */
  UNKNOWN,
  /** It was taken back before it was sent. */
  WITHDRAWN
}
