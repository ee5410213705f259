// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

/** What happened to a frame. */
public enum Outcome {
  /** It came. */
  DELIVERED,
  /** It came with other octets than were sent. */
  CORRUPTED_UNDETECTED,
  /** The link check dropped it. */
  CORRUPTED,
  /** It was lost. */
  LOST
}
