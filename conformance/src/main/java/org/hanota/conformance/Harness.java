// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;

/** Two connected transports under test, not opened yet, with the scheduler and clock they use. */
public interface Harness extends AutoCloseable {
  /** The hub's side; a server of the OTA Upgrade cluster for discovery. */
  Transport hubSide();

  /** The device's side. */
  Transport deviceSide();

  /** The hub's address. */
  Peer hub();

  /** The device's address. */
  Peer device();

  /** Runs the timers of the machines that a check puts on the transports. */
  Scheduler scheduler();

  /** The clock of those machines. */
  TimeSource time();

  /** Runs the work of the machines' jobs. */
  default Executor jobs() {
    return Runnable::run;
  }

  /**
   * Waits until {@code done} or until the harness thinks that it never will be.
   *
   * @return whether it is done
   */
  boolean await(BooleanSupplier done);

  /**
   * Called when a check has opened that side; returns when it can send. A transport that takes a
   * while to come up waits for that here; until then it may answer each frame with BUSY. Whole
   * updates do not call this: the machines repeat what is answered with BUSY.
   */
  default void opened(Transport side) {}

  /**
   * The most octets of one ZCL frame that are carried to the device, in however many pieces. A
   * longer one must have a result other than DELIVERED and must not arrive.
   */
  default int longestFrame() {
    return Integer.MAX_VALUE;
  }

  /** Lets everything under way come to rest, so that what has not come by then never comes. */
  void settle();

  @Override
  void close();
}
