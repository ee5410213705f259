// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

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
import org.hanota.api.zcl.ImageBlockRequest;

/** A hub, and what passed through it. */
final class CountedHub implements Machine {
  private final Machine hub;

  /** Block requests that came. */
  int blocks;

  /** Messages that were not delivered. */
  int failures;

  CountedHub(Machine hub) {
    this.hub = hub;
  }

  @Override
  public void onStart(Now now, Effects effects) {
    hub.onStart(now, effects);
  }

  @Override
  public void onReceive(Now now, Received received, Effects effects) {
    if (received.message() instanceof ImageBlockRequest) {
      blocks++;
    }
    hub.onReceive(now, received, effects);
  }

  @Override
  public void onSent(Now now, long sendId, SendResult result, Effects effects) {
    if (result != SendResult.DELIVERED) {
      failures++;
    }
    hub.onSent(now, sendId, result, effects);
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    hub.onInput(now, input, effects);
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    hub.onTimer(now, effects);
  }

  @Override
  public void describe(StateWriter out) {
    hub.describe(out);
  }

  @Override
  public Optional<AttributeValue> attribute(int clusterId, Direction side, int attributeId) {
    return hub.attribute(clusterId, side, attributeId);
  }
}
