// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.ToWan;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.node.NodeTiming;
import org.hanota.api.node.Restarts;
import org.hanota.api.node.Surroundings;
import org.hanota.api.node.ZclEndpoint;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A machine with its endpoint, restarted as a {@link org.hanota.api.node.Driver} does it: a reboot,
 * a power cut or a failure makes a new machine, and what was pending for the one before is void.
 * All effects become pending events of the kernel; nothing runs on a thread of its own.
 */
public final class SimNode {
  /**
   * What a node is made of.
   *
   * @param serverClusters the clusters whose server it is, for discovery
   * @param machines makes the machine anew at each start
   * @param clock what it takes for the time
   * @param timing how long jobs, reboots and the time off after failures take
   * @param wan gets what the machine has for its head end
   * @param listener gets every event with its time by the node's clock
   */
  public record Setup(
      NodeConfig config,
      Set<Integer> serverClusters,
      Supplier<? extends Machine> machines,
      NodeClock clock,
      NodeTiming timing,
      Consumer<ToWan> wan,
      BiConsumer<Now, Event> listener) {
    /** Keeps a copy of the clusters. */
    public Setup {
      serverClusters = Set.copyOf(serverClusters);
    }
  }

  private final Kernel kernel;
  private final int number;
  private final Setup setup;
  private final Around around = new Around();
  private final Restarts restarts;
  private final Radio radio;
  private int generation;
  private @Nullable ZclEndpoint endpoint;
  private long wakeAt = Long.MAX_VALUE;
  private long wakeScheduled = Long.MAX_VALUE;

  SimNode(Kernel kernel, Air air, int number, Setup setup) {
    this.kernel = kernel;
    this.number = number;
    this.setup = setup;
    this.radio = new Radio(air);
    this.restarts = new Restarts(setup.timing(), new Restarted());
  }

  /** Its number in the kernel. */
  public int number() {
    return number;
  }

  /** Its address. */
  public Peer self() {
    return setup.config().self();
  }

  /** Whether it is the server of that cluster. */
  public boolean serves(int clusterId) {
    return setup.serverClusters().contains(clusterId);
  }

  /** Whether it has power. */
  public boolean isOn() {
    return endpoint != null;
  }

  /** What it takes for the time. */
  public NodeClock clock() {
    return setup.clock();
  }

  /** Its first start. What its machine throws when it is made is thrown on. */
  public void start() {
    powerOn(setup.machines().get());
  }

  /** Takes the power away now and gives it back {@code offNanos} later. */
  public void restart(long offNanos) {
    generation++;
    endpoint = null;
    wakeAt = Long.MAX_VALUE;
    wakeScheduled = Long.MAX_VALUE;
    radio.air.off(kernel, number);
    kernel.schedule(offNanos, new Pending.Restart(number, generation));
  }

  /** Gives the machine an input. Void while the node is off. */
  public void input(Input input) {
    guarded(current -> current.input(now(), input));
  }

  /** A frame came. Void while the node is off. */
  public void frame(Frame frame) {
    guarded(current -> current.frame(now(), frame));
  }

  void sent(Pending.Sent sent) {
    guarded(current -> current.sent(now(), sent.sendId(), sent.result()));
  }

  private void guarded(Consumer<ZclEndpoint> call) {
    ZclEndpoint current = endpoint;
    if (current != null) {
      restarts.guarded(() -> call.accept(current));
    }
  }

  void discovered(Pending.Discovered discovered) {
    input(discovered.server().<Input>map(Input.ServerFound::new).orElseGet(Input.NoServer::new));
  }

  void wake(Pending.Wake wake) {
    if (wake.generation() != generation || endpoint == null || wake.atNanos() != wakeScheduled) {
      // Of an earlier machine, or an earlier entry has taken this one's place.
      return;
    }
    wakeScheduled = Long.MAX_VALUE;
    Now now = now();
    if (wakeAt > now.monotonicNanos()) {
      scheduleWake();
      return;
    }
    wakeAt = Long.MAX_VALUE;
    guarded(current -> current.timer(now));
  }

  void jobDone(Pending.JobDone done) {
    if (done.generation() == generation) {
      guarded(current -> current.input(now(), done.job().work().get()));
    }
  }

  void restart(Pending.Restart restart) {
    if (restart.generation() == generation) {
      restarts.on();
      restarts.guarded(() -> powerOn(setup.machines().get()));
    }
  }

  private void powerOn(Machine made) {
    restarts.on();
    ZclEndpoint current =
        new ZclEndpoint(setup.config(), made, radio, around, restarts.firstSequence());
    endpoint = current;
    restarts.guarded(() -> current.start(now()));
  }

  private void report(Now now, Event event) {
    try {
      setup.listener().accept(now, event);
    } catch (RuntimeException fault) {
      kernel.schedule(0, new Pending.ListenerFailed(number, fault));
    }
  }

  private Now now() {
    return setup.clock().at(kernel.nanos());
  }

  /** One pending wake is enough: an early one finds out and asks again. */
  private void scheduleWake() {
    if (wakeAt < wakeScheduled) {
      wakeScheduled = wakeAt;
      kernel.schedule(
          setup.clock().trueNanos(wakeAt) - kernel.nanos(),
          new Pending.Wake(number, generation, wakeAt));
    }
  }

  private final class Restarted implements Restarts.Node {
    @Override
    public int generation() {
      return generation;
    }

    @Override
    public void restart(long offNanos) {
      SimNode.this.restart(offNanos);
    }

    @Override
    public Now now() {
      return SimNode.this.now();
    }

    @Override
    public void report(Now now, Event event) {
      SimNode.this.report(now, event);
    }
  }

  private final class Around implements Surroundings {
    @Override
    public void wakeAt(long monotonicNanos) {
      wakeAt = monotonicNanos;
      if (monotonicNanos != Long.MAX_VALUE) {
        scheduleWake();
      }
    }

    @Override
    public void start(Job job) {
      if (job.kind() == Job.Kind.REBOOT) {
        restart(setup.timing().rebootNanos());
      } else {
        kernel.schedule(
            setup.timing().jobNanos().applyAsLong(job),
            new Pending.JobDone(number, generation, job));
      }
    }

    @Override
    public void toWan(ToWan what) {
      setup.wan().accept(what);
    }

    @Override
    public void report(Now now, Event event) {
      SimNode.this.report(now, event);
    }
  }

  /** What the endpoint sends by; what comes, comes to the node itself. */
  private final class Radio implements Transport {
    private final Air air;

    Radio(Air air) {
      this.air = air;
    }

    @Override
    public void open(Receiver receiver) {
      throw new AssertionError("a node of the simulator hears its kernel only");
    }

    @Override
    public void send(long sendId, Frame frame) {
      air.send(kernel, number, sendId, frame);
    }

    @Override
    public void discover(int profileId, int clusterId) {
      air.discover(kernel, number, clusterId);
    }

    @Override
    public void pollFast(boolean wanted) {
      air.pollFast(kernel, number, wanted);
    }

    @Override
    public int maximumPayload(Peer destination) {
      return air.maximumPayload(destination);
    }

    @Override
    public void close() {}
  }
}
