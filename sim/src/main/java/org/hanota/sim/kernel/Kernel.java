// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.hanota.api.machine.Peer;

/** Runs nodes in virtual time, which passes only when something is due. */
public final class Kernel {
  private final Schedule schedule;
  private final Air air;
  private final Consumer<Pending.Step> steps;
  private final long utcAtZeroMillis;
  private final List<SimNode> nodes = new ArrayList<>();
  private int onAir;
  private long nanos;

  /**
   * Begins at zero.
   *
   * @param utcAtZeroMillis the true time of day then, in Unix milliseconds
   * @param steps performs what the world around the nodes does
   */
  public Kernel(Schedule schedule, Air air, long utcAtZeroMillis, Consumer<Pending.Step> steps) {
    this.schedule = schedule;
    this.air = air;
    this.utcAtZeroMillis = utcAtZeroMillis;
    this.steps = steps;
  }

  /** Has {@code pending} happen {@code delayNanos} from now, after what is due then already. */
  public void schedule(long delayNanos, Pending pending) {
    schedule.add(Math.addExact(nanos, Math.max(0, delayNanos)), pending);
  }

  /** Nanoseconds since the beginning. */
  public long nanos() {
    return nanos;
  }

  /** The true time of day. */
  public long utcMillis() {
    return utcAtZeroMillis + nanos / 1_000_000;
  }

  /** Everything that is pending. */
  public Schedule pending() {
    return schedule;
  }

  /** How many nodes share the air; their numbers are below. */
  public int nodes() {
    return onAir;
  }

  /** The node of that number. */
  public SimNode node(int number) {
    return nodes.get(number);
  }

  /** The number of the node at that address, or -1. */
  public int find(Peer peer) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).self().equals(peer)) {
        return i;
      }
    }
    return -1;
  }

  /** The first node that is the server of that cluster and is on. */
  public Optional<SimNode> server(int clusterId) {
    return nodes.stream().filter(node -> node.serves(clusterId) && node.isOn()).findFirst();
  }

  /** Adds a node that is off, at an address not in use. Those off the air come behind them all. */
  public SimNode add(SimNode.Setup setup) {
    if (onAir != nodes.size()) {
      throw new IllegalStateException("a node is added after those that are off the air");
    }
    onAir++;
    return added(setup);
  }

  /** Adds one that is somewhere else, as at the far end of the WAN: no frame goes to or from it. */
  public SimNode addOffAir(SimNode.Setup setup) {
    return added(setup);
  }

  private SimNode added(SimNode.Setup setup) {
    Peer self = setup.config().self();
    if (self.isBroadcast() || find(self) >= 0) {
      throw new IllegalArgumentException("self is " + self + ", allowed an address not in use");
    }
    SimNode node = new SimNode(this, air, nodes.size(), setup);
    nodes.add(node);
    return node;
  }

  /**
   * Has happen what is due, in order, until {@code done}, nothing is left, or the limit is reached.
   *
   * @return whether it ended by {@code done}
   */
  public boolean run(BooleanSupplier done, long limitNanos) {
    while (!done.getAsBoolean()) {
      if (schedule.isEmpty() || schedule.nextNanos() > limitNanos) {
        return false;
      }
      nanos = schedule.nextNanos();
      happen(schedule.remove());
    }
    return true;
  }

  private void happen(Pending pending) {
    if (pending instanceof Pending.Deliver deliver) {
      air.arrive(this, deliver);
    } else if (pending instanceof Pending.InAir inAir) {
      air.due(this, inAir);
    } else if (pending instanceof Pending.Sent sent) {
      node(sent.node()).sent(sent);
    } else if (pending instanceof Pending.Wake wake) {
      node(wake.node()).wake(wake);
    } else if (pending instanceof Pending.JobDone job) {
      node(job.node()).jobDone(job);
    } else if (pending instanceof Pending.Discovered discovered) {
      node(discovered.node()).discovered(discovered);
    } else if (pending instanceof Pending.Restart restart) {
      node(restart.node()).restart(restart);
    } else if (pending instanceof Pending.ListenerFailed failed) {
      throw failed.fault();
    } else if (pending instanceof Pending.Step step) {
      steps.accept(step);
    }
  }
}
