// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;

/** Gathers what a driver may be told beyond what it must know. */
public final class DriverBuilder {
  final NodeConfig config;
  final Supplier<? extends Machine> machines;
  final Transport transport;
  final Scheduler scheduler;
  final TimeSource time;
  BiConsumer<Now, Event> listener = DriverBuilder::throwOn;
  NodeTiming timing = NodeTiming.DEFAULT;
  Executor jobs = Runnable::run;

  DriverBuilder(
      NodeConfig config,
      Supplier<? extends Machine> machines,
      Transport transport,
      Scheduler scheduler,
      TimeSource time) {
    this.config = config;
    this.machines = machines;
    this.transport = transport;
    this.scheduler = scheduler;
    this.time = time;
  }

  /** What a listener throws goes on in a task of the scheduler; an {@link Error} does anyway. */
  private static void throwOn(Now now, Event event) {
    if (event.thrown().orElse(null) instanceof RuntimeException fault) {
      throw fault;
    }
  }

  /**
   * Gets every event with its time, one at a time and on the thread of the call that made it; it
   * should not block, since the node waits. Without this, {@linkplain Event#thrown what was thrown}
   * is thrown in a task of the scheduler, which {@link Scheduler#of} hands to the handler of its
   * thread's uncaught exceptions, and other events go nowhere.
   */
  public DriverBuilder listener(BiConsumer<Now, Event> heard) {
    listener = heard;
    return this;
  }

  /** How long jobs, reboots and the time off after failures take. */
  public DriverBuilder timing(NodeTiming times) {
    timing = times;
    return this;
  }

  /**
   * Runs the work of jobs, which may block; a thread that is not the scheduler's keeps timers and
   * messages of other nodes on time meanwhile. Without this they run on the scheduler's thread.
   */
  public DriverBuilder jobs(Executor executor) {
    jobs = executor;
    return this;
  }

  /** The driver, not started yet. */
  public Driver build() {
    return new Driver(this);
  }
}
