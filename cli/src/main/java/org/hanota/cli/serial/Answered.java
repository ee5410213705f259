// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import java.util.Optional;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.zcl.AttributeValue;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.QueryNextImageResponse;

/** A device that tells when its host has answered a query, and so has heard which version runs. */
final class Answered implements Machine {
  private final Machine device;
  private final Runnable answered;

  /**
   * Wraps a device.
   *
   * @param answered is called after each answer to a query
   */
  Answered(Machine device, Runnable answered) {
    this.device = device;
    this.answered = answered;
  }

  @Override
  public void onStart(Now now, Effects effects) {
    device.onStart(now, effects);
  }

  @Override
  public void onReceive(Now now, Received received, Effects effects) {
    device.onReceive(now, received, effects);
    if (received.message() instanceof QueryNextImageResponse) {
      answered.run();
    }
  }

  @Override
  public void onSent(Now now, long sendId, SendResult result, Effects effects) {
    device.onSent(now, sendId, result, effects);
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    device.onInput(now, input, effects);
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    device.onTimer(now, effects);
  }

  @Override
  public void describe(StateWriter out) {
    device.describe(out);
  }

  @Override
  public Optional<AttributeValue> attribute(int clusterId, Direction side, int attributeId) {
    return device.attribute(clusterId, side, attributeId);
  }
}
