// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

/** Where a device stands in its update. The attribute ImageUpgradeStatus follows from it. */
public enum DeviceState {
  /** Looks for a server. */
  DISCOVERING(0),
  /** Has nothing to do before its next query. */
  IDLE(0),
  /** Has asked for an image. */
  QUERYING(0),
  /** Clears the slot for a new image. */
  ERASING(1),
  /** Has asked for a block or a page. */
  DOWNLOADING(1),
  /** Waits before it asks for the next block. */
  PAUSED(1),
  /** No block came in spite of many tries; rests with its position kept, then queries again. */
  RESTING(1),
  /** Has every octet and checks them. */
  VERIFYING(2),
  /** Has told the server how it ended, and waits for its answer. */
  ENDING(2),
  /** Verified; waits to be told when to run it. */
  WAITING(3),
  /** Verified; knows when to run it. */
  COUNTING_DOWN(4),
  /** Puts the new image in place. */
  SWAPPING(4),
  /** Runs the new image, which has not confirmed itself yet. */
  TRYING(0);

  private final int imageUpgradeStatus;

  DeviceState(int imageUpgradeStatus) {
    this.imageUpgradeStatus = imageUpgradeStatus;
  }

  /** The attribute's value in this state, while nothing outside of the cluster is awaited. */
  int imageUpgradeStatus() {
    return imageUpgradeStatus;
  }
}
