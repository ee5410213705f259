// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.ToWan;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Runs a machine on a transport with a scheduler, an executor for jobs and a clock, all passed in.
 *
 * <p>A reboot, a power cut, {@link #restart} or a failure makes a new machine, which finds its
 * state in its storage ports. A failure is any exception out of a call of the machine or of a job:
 * nothing that the call wanted is done, {@link NodeEvent.Failed} is reported, and the node starts
 * again after a {@linkplain NodeTiming back-off}. An {@link Error} is treated so too and then
 * thrown on, since it is a fault of the program.
 *
 * <p>Safe for callbacks from several threads: one at a time reaches the machine and the listener. A
 * job's work runs outside; no new machine starts before it has returned. An exception of the
 * listener is thrown in a task of the scheduler and changes nothing else.
 *
 * <p>A transport that calls back from inside one of its own methods fails with {@link
 * CalledBackTooEarly}.
 */
public final class Driver implements AutoCloseable {
  private final NodeConfig config;
  private final Supplier<? extends Machine> machines;
  private final WatchedTransport transport;
  private final Scheduler scheduler;
  private final TimeSource time;
  private final BiConsumer<Now, Event> listener;
  private final NodeTiming timing;
  private final Executor jobs;
  private final Restarts restarts;
  private final WakeUp wakeUp;

  /** What calls wanted, where the transport says when a turn ends and they are stored together. */
  private final HeldEffects held;

  /** Restarts so far: what was scheduled for an earlier machine is void. */
  private int generation;

  private Consumer<ToWan> wan = what -> {};
  private @Nullable Machine machine;
  private @Nullable ZclEndpoint endpoint;

  /** Jobs whose work runs now, of whichever machine. */
  private int jobsRunning;

  /** Whether the power is back, but a job of the machine before still runs. */
  private boolean startsAfterJobs;

  private boolean closed;

  Driver(DriverBuilder builder) {
    config = builder.config;
    machines = builder.machines;
    held = new HeldEffects(builder.transport.tellsTurns());
    transport = new WatchedTransport(builder.transport, held);
    scheduler = builder.scheduler;
    time = builder.time;
    listener = builder.listener;
    timing = builder.timing;
    jobs = builder.jobs;
    restarts = new Restarts(timing, new Restarted());
    wakeUp = new WakeUp(scheduler, time, this::woken);
  }

  /**
   * A driver whose failures are thrown in a task of the scheduler, whose other events nobody hears,
   * and whose jobs and reboots take no time of their own.
   *
   * @param config what its endpoint must know of the node
   * @param machines makes the machine anew at each start
   */
  public static DriverBuilder builder(
      NodeConfig config,
      Supplier<? extends Machine> machines,
      Transport transport,
      Scheduler scheduler,
      TimeSource time) {
    return new DriverBuilder(config, machines, transport, scheduler, time);
  }

  /**
   * From the next start on, what the machine has for its head end is handed to {@code link}, after
   * the call; without this it goes nowhere. What {@code link} throws is a failure as one of the
   * machine is: what was stored before is handed over again.
   */
  public synchronized void connect(Consumer<ToWan> link) {
    wan = link;
  }

  /**
   * Makes the machine, opens the transport and starts the machine. If the machine cannot be made
   * this first time, what was thrown is thrown on, and nothing was opened.
   */
  public synchronized void start() {
    Machine made = machines.get();
    transport.open(new Callbacks());
    powerOn(made);
  }

  /**
   * Gives the machine an input. Void while the node is off.
   *
   * @return whether the call was made and did not fail, so that what it changed is stored
   */
  public synchronized boolean input(Input input) {
    if (endpoint == null) {
      return false;
    }
    int before = generation;
    ZclEndpoint current = endpoint;
    guarded(() -> current.input(time.now(), input));
    return !restarts.hasFailed(before);
  }

  /** Takes the power away now and gives it back {@code offNanos} later. */
  public synchronized void restart(long offNanos) {
    powerOff();
    int expected = generation;
    scheduler.schedule(
        offNanos,
        () -> {
          synchronized (this) {
            if (!closed && generation == expected) {
              startsAfterJobs = jobsRunning > 0;
              if (!startsAfterJobs) {
                powerOn();
              }
            }
          }
        });
  }

  /**
   * Asks the machine that runs now something, between its calls; empty while the node is off. The
   * question must not keep the machine.
   */
  public synchronized <T> Optional<T> inspect(Function<Machine, T> question) {
    return Optional.ofNullable(machine).map(question);
  }

  /** What each layer saw since the last start; empty while the node is off. */
  public synchronized Optional<LayerCounts> counts() {
    return Optional.ofNullable(endpoint).map(ZclEndpoint::counts);
  }

  @Override
  public synchronized void close() {
    closed = true;
    powerOff();
    transport.close();
  }

  private void powerOff() {
    generation++;
    machine = null;
    endpoint = null;
    wakeUp.forget();
    startsAfterJobs = false;
    held.of(null);
  }

  private void powerOn() {
    restarts.on();
    restarts.guarded(() -> powerOn(machines.get()));
  }

  private void powerOn(Machine made) {
    ZclEndpoint current =
        new ZclEndpoint(config, made, transport, new Around(), restarts.firstSequence());
    restarts.on();
    machine = made;
    endpoint = current;
    held.of(made);
    guarded(() -> current.start(time.now()));
  }

  /** Does a call, and stores what it has left to store; what it wanted is done then. */
  private void guarded(Runnable call) {
    restarts.guarded(call);
    settle();
  }

  private void settle() {
    if (held.keeps()) {
      restarts.guarded(() -> held.settle(time.now()));
    }
  }

  private void report(Now now, Event event) {
    try {
      listener.accept(now, event);
    } catch (RuntimeException fault) {
      scheduler.schedule(
          0,
          () -> {
            throw fault;
          });
    }
  }

  private synchronized void woken(WakeUp.Entry entry) {
    ZclEndpoint current = endpoint;
    if (current == null) {
      return;
    }
    Now now = time.now();
    if (wakeUp.isDue(entry, now)) {
      guarded(() -> current.timer(now));
    }
  }

  private void run(Job job, int expected) {
    synchronized (this) {
      if (generation != expected) {
        return;
      }
      jobsRunning++;
    }
    Supplier<Input> outcome;
    try {
      Input done = job.work().get();
      outcome = () -> done;
    } catch (RuntimeException | Error fault) {
      outcome =
          () -> {
            throw fault;
          };
    }
    ended(outcome, expected);
  }

  private synchronized void ended(Supplier<Input> outcome, int expected) {
    jobsRunning--;
    if (startsAfterJobs && jobsRunning == 0) {
      startsAfterJobs = false;
      powerOn();
    } else if (generation == expected && endpoint != null) {
      ZclEndpoint current = endpoint;
      guarded(() -> current.input(time.now(), outcome.get()));
    }
  }

  private final class Restarted implements Restarts.Node {
    @Override
    public int generation() {
      return generation;
    }

    @Override
    public void restart(long offNanos) {
      Driver.this.restart(offNanos);
    }

    @Override
    public Now now() {
      return time.now();
    }

    @Override
    public void report(Now now, Event event) {
      Driver.this.report(now, event);
    }
  }

  private final class Around implements Surroundings {
    @Override
    public void wakeAt(long monotonicNanos) {
      wakeUp.at(monotonicNanos);
    }

    @Override
    public void start(Job job) {
      held.keepOrDo(() -> startNow(job));
    }

    private void startNow(Job job) {
      if (job.kind() == Job.Kind.REBOOT) {
        restart(timing.rebootNanos());
        return;
      }
      int expected = generation;
      scheduler.schedule(
          timing.jobNanos().applyAsLong(job), () -> jobs.execute(() -> run(job, expected)));
    }

    @Override
    public void toWan(ToWan what) {
      held.keepOrDo(() -> wan.accept(what));
    }

    @Override
    public void report(Now now, Event event) {
      held.keepOrDo(() -> Driver.this.report(now, event));
    }
  }

  private final class Callbacks implements Transport.Receiver {
    @Override
    public void onFrame(Frame frame) {
      synchronized (Driver.this) {
        transport.calledBack("onFrame");
        if (endpoint != null) {
          ZclEndpoint current = endpoint;
          restarts.guarded(() -> current.frame(time.now(), frame));
        }
      }
    }

    @Override
    public void onSent(long sendId, SendResult result) {
      synchronized (Driver.this) {
        transport.calledBack("onSent");
        if (endpoint != null) {
          ZclEndpoint current = endpoint;
          restarts.guarded(() -> current.sent(time.now(), sendId, result));
        }
      }
    }

    @Override
    public void onServerFound(Peer server) {
      synchronized (Driver.this) {
        transport.calledBack("onServerFound");
        input(new Input.ServerFound(server));
      }
    }

    @Override
    public void onNoServer() {
      synchronized (Driver.this) {
        transport.calledBack("onNoServer");
        input(new Input.NoServer());
      }
    }

    @Override
    public void onTurnEnd() {
      synchronized (Driver.this) {
        transport.calledBack("onTurnEnd");
        settle();
      }
    }

    @Override
    public int owed() {
      synchronized (Driver.this) {
        return held.owed();
      }
    }

    @Override
    public boolean isOn() {
      synchronized (Driver.this) {
        return endpoint != null;
      }
    }
  }
}
