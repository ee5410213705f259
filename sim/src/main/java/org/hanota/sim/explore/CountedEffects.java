// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.HashSet;
import java.util.Set;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.ToWan;
import org.hanota.api.zcl.ZclMessage;
import org.jspecify.annotations.Nullable;

/** Passes on what a machine wants, and notes which frames have a sequence number of its own. */
final class CountedEffects implements Effects {
  private final Set<Long> own = new HashSet<>();
  private @Nullable Effects effects;

  private Effects effects() {
    if (effects == null) {
      throw new AssertionError("no call is under way");
    }
    return effects;
  }

  /** Begins anew with the effects of another call. */
  Effects to(Effects others) {
    effects = others;
    own.clear();
    return this;
  }

  boolean isOwn(long sendId) {
    return own.contains(sendId);
  }

  @Override
  public long send(Peer destination, ZclMessage message, SendOptions options) {
    long sendId = effects().send(destination, message, options);
    own.add(sendId);
    return sendId;
  }

  @Override
  public long reply(Received request, ZclMessage message, SendOptions options) {
    return effects().reply(request, message, options);
  }

  @Override
  public void wakeAt(long monotonicNanos) {
    effects().wakeAt(monotonicNanos);
  }

  @Override
  public void start(Job job) {
    effects().start(job);
  }

  @Override
  public void pollFast(boolean wanted) {
    effects().pollFast(wanted);
  }

  @Override
  public void discover(int profileId, int clusterId) {
    effects().discover(profileId, clusterId);
  }

  @Override
  public void toWan(ToWan what) {
    effects().toWan(what);
  }

  @Override
  public void report(Event event) {
    effects().report(event);
  }
}
