// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.estate;

/** What a user of the DCC is to a device. [DUIS schema] */
public enum UserRole {
  /** Import supplier: of electricity that is taken in. */
  IS,
  /** Gas supplier. */
  GS,
  /** Export supplier: of electricity that is given out. */
  ES,
  /** Registered supplier agent. */
  RSA,
  /** Electricity distributor. */
  ED,
  /** Gas transporter. */
  GT,
  /** Any other user. */
  OU
}
