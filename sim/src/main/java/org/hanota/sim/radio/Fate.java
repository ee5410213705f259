// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import org.hanota.api.machine.SendResult;

/** What became of a frame that a station was given to send. */
public enum Fate {
  /** It was sent and, if it asked for that, acknowledged. */
  DELIVERED(SendResult.DELIVERED),
  /** It was sent as often as allowed and never acknowledged. */
  NO_ACKNOWLEDGEMENT(SendResult.NO_ACK),
  /** The channel was never free for it. */
  CHANNEL_BUSY(SendResult.BUSY),
  /** The station's duty cycle does not allow it now. */
  DUTY_CYCLE(SendResult.DROPPED),
  /** The station's queue was full. */
  QUEUE_FULL(SendResult.BUSY);

  private final SendResult result;

  Fate(SendResult result) {
    this.result = result;
  }

  /** How a transport says it. */
  public SendResult result() {
    return result;
  }
}
