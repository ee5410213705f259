// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.function.Supplier;
import org.hanota.api.transport.Frame;
import org.hanota.sim.check.DutyGuard;
import org.hanota.sim.radio.Channel;
import org.hanota.sim.radio.DutyState;
import org.hanota.sim.radio.Fate;
import org.hanota.sim.radio.RadioListener;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.radio.Transmission;
import org.hanota.sim.scenario.Scenario;

/** Watches the channel of a home, and tells a listener what is on it with names for the nodes. */
final class HomeRadio implements RadioListener {
  private final Scenario scenario;
  private final DutyGuard guard;
  private final Supplier<Home.Listener> listener;

  HomeRadio(Scenario scenario, RadioSettings settings, Supplier<Home.Listener> listener) {
    this.scenario = scenario;
    this.guard = new DutyGuard(scenario.seed(), settings);
    this.listener = listener;
  }

  private String name(int node) {
    if (node == Channel.ALL) {
      return Home.Listener.ALL;
    }
    return node == 0 ? Home.Listener.HUB : scenario.world().devices().get(node - 1).name();
  }

  @Override
  public void onAir(Transmission sent) {
    String from = name(sent.from());
    guard.check(from, sent);
    listener.get().onAir(from, name(sent.to()), sent);
  }

  @Override
  public void givenUp(long nanos, int from, int to, Frame frame, Fate fate) {
    listener.get().givenUp(nanos, name(from), name(to), frame, fate);
  }

  @Override
  public void duty(long nanos, int node, DutyState state) {
    listener.get().duty(nanos, name(node), state);
  }
}
