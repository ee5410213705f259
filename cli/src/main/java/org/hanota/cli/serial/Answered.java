// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import org.hanota.api.machine.Effects;
import org.hanota.api.machine.ForwardingMachine;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.zcl.QueryNextImageResponse;

/** A device that tells when its host has answered a query, and so has heard which version runs. */
final class Answered extends ForwardingMachine {
  private final Runnable answered;

  /**
   * Wraps a device.
   *
   * @param answered is called after each answer to a query
   */
  Answered(Machine device, Runnable answered) {
    super(device);
    this.answered = answered;
  }

  @Override
  public void onReceive(Now now, Received received, Effects effects) {
    super.onReceive(now, received, effects);
    if (received.message() instanceof QueryNextImageResponse) {
      answered.run();
    }
  }
}
