// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.ToWan;
import org.hanota.api.zcl.ZclMessage;

/** Passes on what a machine wants; a planted fault overrides what it does otherwise. */
public abstract class ForwardingEffects implements Effects {
  private final Effects effects;

  /** Passes on to {@code effects}. */
  protected ForwardingEffects(Effects effects) {
    this.effects = effects;
  }

  @Override
  public long send(Peer destination, ZclMessage message, SendOptions options) {
    return effects.send(destination, message, options);
  }

  @Override
  public long reply(Received request, ZclMessage message, SendOptions options) {
    return effects.reply(request, message, options);
  }

  @Override
  public void wakeAt(long monotonicNanos) {
    effects.wakeAt(monotonicNanos);
  }

  @Override
  public void start(Job job) {
    effects.start(job);
  }

  @Override
  public void pollFast(boolean wanted) {
    effects.pollFast(wanted);
  }

  @Override
  public void discover(int profileId, int clusterId) {
    effects.discover(profileId, clusterId);
  }

  @Override
  public void toWan(ToWan what) {
    effects.toWan(what);
  }

  @Override
  public void report(Event event) {
    effects.report(event);
  }
}
