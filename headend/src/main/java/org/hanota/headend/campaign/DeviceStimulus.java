// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/** What happens to a device in a campaign. */
public enum DeviceStimulus {
  /** It is its turn. */
  TURN,
  /** The DCC has the request. */
  ACKNOWLEDGED,
  /** The DCC says that it is not possible now. */
  NOT_NOW,
  /** The DCC does not accept the request. */
  NOT_ACCEPTED,
  /** Anomaly detection holds it back. */
  HELD_BACK,
  /** What was held back goes on. */
  LET_GO,
  /** Somebody says that it is done; the device has not confirmed it. */
  CLAIMED,
  /** The device says that it runs the new version. */
  CONFIRMED,
  /** The device runs a version that is neither the old nor the new one. */
  OTHER_VERSION,
  /** It came to nothing. */
  NOT_UPDATED,
  /** A later request took its place. */
  REPLACED,
  /** Nothing was heard for too long. */
  SILENCE
}
