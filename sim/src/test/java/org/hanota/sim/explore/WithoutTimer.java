// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.ToWan;
import org.hanota.api.zcl.ZclMessage;

/** Passes on what a machine wants, but for its timer. */
record WithoutTimer(Effects effects) implements Effects {
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
    effects.wakeAt(Long.MAX_VALUE);
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
