// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.List;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.link.Ends;
import org.hanota.sim.link.Hold;
import org.hanota.sim.link.LinkModel;
import org.hanota.sim.link.Links;
import org.hanota.sim.link.MarkovLoss;
import org.hanota.sim.link.Outage;
import org.hanota.sim.link.RandomFaults;
import org.hanota.sim.link.SleepyDevice;
import org.hanota.sim.scenario.LinkFault;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;

/** The models of a home's links, as its scenario says. The hub is node 0, the devices follow. */
final class HomeLinks {
  private static final int RUNS_PER_NODE = 2;

  /** More nodes than a hub may hold devices. */
  private static final int NODES = 1 << 12;

  private final Scenario scenario;
  private final Streams streams;
  private final RandomFaults faults;

  HomeLinks(Scenario scenario, Streams streams, RandomFaults.Damage damage) {
    this.scenario = scenario;
    this.streams = streams;
    this.faults = new RandomFaults(streams.of(Purpose.AIR), scenario.nemeses().air(), damage);
  }

  /** The independent faults of all links, which are among the models. */
  RandomFaults faults() {
    return faults;
  }

  /**
   * @param others are asked after those of the scenario
   */
  LinkModel all(List<LinkModel> others) {
    List<LinkModel> models = new ArrayList<>();
    models.add(faults);
    for (LinkFault fault : scenario.nemeses().links()) {
      models.add(model(fault, models.size()));
    }
    List<ScenarioDevice> devices = scenario.world().devices();
    for (int i = 0; i < devices.size(); i++) {
      int node = i + 1;
      devices
          .get(i)
          .sleep()
          .ifPresent(
              sleep ->
                  models.add(
                      new SleepyDevice(
                          node, sleep.pollNanos(), sleep.fastPollNanos(), sleep.keptNanos())));
    }
    models.addAll(others);
    return new Links(models);
  }

  private LinkModel model(LinkFault fault, int number) {
    Ends ends = new Ends(node(fault.from()), node(fault.to()));
    if (fault instanceof LinkFault.Bursts bursts) {
      return new MarkovLoss(
          ends,
          bursts.states(),
          (from, to, which) ->
              streams.of(from, Purpose.LINK_BURSTS, (number * NODES + to) * RUNS_PER_NODE + which));
    }
    return fault instanceof LinkFault.Outage outage
        ? new Outage(ends, outage.span())
        : new Hold(ends, ((LinkFault.Hold) fault).span());
  }

  private int node(String name) {
    if (name.equals(LinkFault.ANY)) {
      return Ends.ANY;
    }
    return scenario.world().nodeOf(name);
  }
}
