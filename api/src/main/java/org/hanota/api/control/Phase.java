// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

/** Where a device's update stands, as its hub sees it. */
public enum Phase {
  /** Nothing is offered. */
  IDLE,
  /** Waits for its turn. */
  QUEUED,
  /** Was told of the image and has not asked for it yet. */
  NOTIFIED,
  /** Blocks go out. */
  TRANSFERRING,
  /** The transfer is held by the operator. */
  PAUSED,
  /** Has every block and checks them. */
  VERIFYING,
  /** Verified; waits for its upgrade time or for a command. */
  WAITING,
  /** Was told to run the new image. */
  ACTIVATING,
  /** Runs the new image. */
  CONFIRMED,
  /** Ended without. */
  FAILED;

  /** Whether an update is under way. */
  public boolean isOpen() {
    return this != IDLE && this != CONFIRMED && this != FAILED;
  }
}
