// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import java.util.Optional;
import org.hanota.api.zcl.AttributeValue;
import org.hanota.api.zcl.Direction;

/** Does what another machine does; for subclasses that watch or change one thing about it. */
public abstract class ForwardingMachine implements Machine {
  private final Machine machine;

  /** Wraps {@code machine}. */
  protected ForwardingMachine(Machine machine) {
    this.machine = machine;
  }

  @Override
  public void onStart(Now now, Effects effects) {
    machine.onStart(now, effects);
  }

  @Override
  public void onReceive(Now now, Received received, Effects effects) {
    machine.onReceive(now, received, effects);
  }

  @Override
  public void onSent(Now now, long sendId, SendResult result, Effects effects) {
    machine.onSent(now, sendId, result, effects);
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    machine.onInput(now, input, effects);
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    machine.onTimer(now, effects);
  }

  @Override
  public void gather() {
    machine.gather();
  }

  @Override
  public int owed() {
    return machine.owed();
  }

  @Override
  public void settle(Now now) {
    machine.settle(now);
  }

  @Override
  public void describe(StateWriter out) {
    machine.describe(out);
  }

  @Override
  public Optional<AttributeValue> attribute(int clusterId, Direction side, int attributeId) {
    return machine.attribute(clusterId, side, attributeId);
  }
}
