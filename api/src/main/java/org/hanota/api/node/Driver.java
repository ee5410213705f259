// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Runs a machine on a transport with a scheduler and a clock, all passed in. A reboot, a power cut
 * or {@link #restart} makes a new machine, which finds its state in its storage ports. Safe for
 * callbacks from several threads: one at a time reaches the machine.
 */
public final class Driver implements AutoCloseable {
  private final NodeConfig config;
  private final Supplier<? extends Machine> machines;
  private final Transport transport;
  private final Scheduler scheduler;
  private final TimeSource time;
  private final BiConsumer<Now, Event> listener;
  private final ToLongFunction<Job> jobNanos;

  /** Restarts so far: what was scheduled for an earlier machine is void. */
  private int generation;

  private long restartNanos;
  private @Nullable Machine machine;
  private @Nullable ZclEndpoint endpoint;
  private long wakeAt = Long.MAX_VALUE;
  private long wakeScheduled = Long.MAX_VALUE;
  private boolean closed;

  /**
   * @param machines makes the machine anew at each start
   * @param listener gets every event with its time
   * @param jobNanos how long a job takes before its work is done; zero runs it at once
   * @param restartNanos how long a reboot takes
   */
  public Driver(
      NodeConfig config,
      Supplier<? extends Machine> machines,
      Transport transport,
      Scheduler scheduler,
      TimeSource time,
      BiConsumer<Now, Event> listener,
      ToLongFunction<Job> jobNanos,
      long restartNanos) {
    this.config = config;
    this.machines = machines;
    this.transport = transport;
    this.scheduler = scheduler;
    this.time = time;
    this.listener = listener;
    this.jobNanos = jobNanos;
    this.restartNanos = restartNanos;
  }

  /** The four-line form: jobs and reboots take no time of their own. */
  public Driver(
      NodeConfig config,
      Supplier<? extends Machine> machines,
      Transport transport,
      Scheduler scheduler,
      TimeSource time,
      BiConsumer<Now, Event> listener) {
    this(config, machines, transport, scheduler, time, listener, job -> 0, 0);
  }

  /** Opens the transport and starts the machine. */
  public synchronized void start() {
    transport.open(new Callbacks());
    powerOn();
  }

  /** Gives the machine an input. Void while the node is off. */
  public synchronized void input(Input input) {
    if (endpoint != null) {
      ZclEndpoint current = endpoint;
      guarded(() -> current.input(time.now(), input));
    }
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
              powerOn();
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
    wakeAt = Long.MAX_VALUE;
    wakeScheduled = Long.MAX_VALUE;
  }

  private void powerOn() {
    Machine made = machines.get();
    ZclEndpoint current =
        new ZclEndpoint(config, made, transport, new Around(), generation * FIRST_SEQUENCE_STEP);
    machine = made;
    endpoint = current;
    guarded(() -> current.start(time.now()));
  }

  /** Far enough that answers to the frames before a restart do not meet the first ones after it. */
  private static final int FIRST_SEQUENCE_STEP = 97;

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (PowerLost lost) {
      restart(restartNanos);
    }
  }

  private void wake(int expected, long at) {
    synchronized (this) {
      if (generation != expected || endpoint == null || at != wakeScheduled) {
        // Of an earlier machine, or an earlier entry has taken this one's place.
        return;
      }
      wakeScheduled = Long.MAX_VALUE;
      Now now = time.now();
      if (wakeAt > now.monotonicNanos()) {
        schedule(now);
        return;
      }
      wakeAt = Long.MAX_VALUE;
      ZclEndpoint current = endpoint;
      guarded(() -> current.timer(now));
    }
  }

  /** One entry in the scheduler is enough: an early one finds out and asks again. */
  private void schedule(Now now) {
    if (wakeAt < wakeScheduled) {
      wakeScheduled = wakeAt;
      int expected = generation;
      long at = wakeAt;
      scheduler.schedule(Math.max(0, at - now.monotonicNanos()), () -> wake(expected, at));
    }
  }

  private void run(Job job, int expected) {
    synchronized (this) {
      if (generation != expected || endpoint == null) {
        return;
      }
      ZclEndpoint current = endpoint;
      guarded(() -> current.input(time.now(), job.work().get()));
    }
  }

  private final class Around implements Surroundings {
    @Override
    public void wakeAt(long monotonicNanos) {
      wakeAt = monotonicNanos;
      if (monotonicNanos != Long.MAX_VALUE) {
        schedule(time.now());
      }
    }

    @Override
    public void start(Job job) {
      if (job.kind() == Job.Kind.REBOOT) {
        restart(restartNanos);
        return;
      }
      int expected = generation;
      scheduler.schedule(jobNanos.applyAsLong(job), () -> run(job, expected));
    }

    @Override
    public void report(Now now, Event event) {
      listener.accept(now, event);
    }
  }

  private final class Callbacks implements Transport.Receiver {
    @Override
    public void onFrame(Frame frame) {
      synchronized (Driver.this) {
        if (endpoint != null) {
          ZclEndpoint current = endpoint;
          guarded(() -> current.frame(time.now(), frame));
        }
      }
    }

    @Override
    public void onSent(long sendId, SendResult result) {
      synchronized (Driver.this) {
        if (endpoint != null) {
          ZclEndpoint current = endpoint;
          guarded(() -> current.sent(time.now(), sendId, result));
        }
      }
    }

    @Override
    public void onServerFound(Peer server) {
      input(new Input.ServerFound(server));
    }

    @Override
    public void onNoServer() {
      input(new Input.NoServer());
    }

    @Override
    public boolean isOn() {
      synchronized (Driver.this) {
        return endpoint != null;
      }
    }
  }
}
