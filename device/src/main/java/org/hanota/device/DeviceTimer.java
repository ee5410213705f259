// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

/** What a device waits for. */
public enum DeviceTimer {
  /** The next query of its own accord. [ZCL 11.16] */
  QUERY,
  /** An answer is overdue. [ZCL 11.16] */
  RESPONSE,
  /** The next block may be asked for. [ZCL 11.10.10] */
  REQUEST,
  /** The next Upgrade End Request while waiting. [ZCL 11.11.4] */
  END,
  /** The upgrade time. [ZCL 11.11.4] */
  ACTIVATION,
  /** A download has taken longer than it may. */
  EXPIRY,
  /** The next try to send a GBCS message. [GBCS 11.5] */
  OUTBOX,
  /** A gas meter wakes and reads its hub's Functional Notification Flags. [ZSE D.3] */
  FLAGS
}
