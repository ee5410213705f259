// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.transport.Frame;
import org.hanota.device.DeviceEvent;
import org.hanota.gbcs.Message;
import org.hanota.sim.Home;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.radio.DutyState;
import org.hanota.sim.radio.Fate;
import org.hanota.sim.radio.Transmission;

/** Passes everything that is heard of a home on to another listener. */
abstract class PassedOn implements Home.Listener {
  private final Home.Listener next;

  PassedOn(Home.Listener next) {
    this.next = next;
  }

  @Override
  public void event(long virtualNanos, String device, UpdateEvent event) {
    next.event(virtualNanos, device, event);
  }

  @Override
  public void powerCut(long virtualNanos, String device) {
    next.powerCut(virtualNanos, device);
  }

  @Override
  public void supplierChanged(long virtualNanos, String device) {
    next.supplierChanged(virtualNanos, device);
  }

  @Override
  public void refused(long virtualNanos, String device, DeviceEvent.CommandRefused refused) {
    next.refused(virtualNanos, device, refused);
  }

  @Override
  public void failed(long virtualNanos, String device, NodeEvent.Failed failure) {
    next.failed(virtualNanos, device, failure);
  }

  @Override
  public void gbcs(long virtualNanos, Message message) {
    next.gbcs(virtualNanos, message);
  }

  @Override
  public void frame(
      long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
    next.frame(virtualNanos, device, toDevice, frame, outcome);
  }

  @Override
  public void onAir(String from, String to, Transmission sent) {
    next.onAir(from, to, sent);
  }

  @Override
  public void givenUp(long virtualNanos, String from, String to, Frame frame, Fate fate) {
    next.givenUp(virtualNanos, from, to, frame, fate);
  }

  @Override
  public void duty(long virtualNanos, String node, DutyState state) {
    next.duty(virtualNanos, node, state);
  }
}
