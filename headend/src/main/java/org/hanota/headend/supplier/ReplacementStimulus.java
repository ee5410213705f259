// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

/** What happens to the replacement of a device. */
public enum ReplacementStimulus {
  /** It begins. */
  START,
  /** A request of its step is answered as it should be. */
  DONE,
  /** The new device is not in the hub's log yet. */
  NOT_YET,
  /** The DCC or a device refuses. */
  REFUSED,
  /** No device answered. */
  UNANSWERED,
  /** The time has come to ask again. */
  DUE,
  /** A person lets it go on where it is held. */
  RESUME,
  /** A person gives it up. */
  ABANDON
}
