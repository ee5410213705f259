// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.bank;

/** The two places for an image: one runs, the other takes the next image. */
public enum Slot {
  /** The first. */
  A,
  /** The second. */
  B;

  /** The other one. */
  public Slot other() {
    return this == A ? B : A;
  }
}
