// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.conformance.Harness;

/** A hub and a device over loopback. */
final class GrpcHarness implements Harness {
  private static final Peer DEVICE = Han.device(1);

  /** Of the same stream: what it hears back comes after what was under way before it asked. */
  private static final Peer FENCE = Han.device(2);

  /** A frame may wait, travel, be dealt with, and its result wait and travel back. */
  private static final int LEGS = 5;

  /** A safety net: everything here takes seconds. */
  private static final long PATIENCE_SECONDS = 60;

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final Han han;
  private final Transport deviceSide;
  private final Transport fence;
  private final Inbox fenced = new Inbox();
  private boolean fenceOpen;

  private GrpcHarness(Han han, GrpcDevices connection) {
    this.han = han;
    deviceSide = connection.attach(DEVICE, List.of());
    fence = connection.attach(FENCE, List.of());
  }

  /** Plaintext; callbacks come on the threads that read the network. */
  static GrpcHarness plain() {
    Han han = new Han(GrpcHub.builder(Han.HUB));
    han.start();
    return new GrpcHarness(han, han.connect());
  }

  /** Mutual TLS; callbacks come on a thread of their own. */
  static GrpcHarness secured(Certificates certificates, Executor callbacks) {
    Han han =
        new Han(GrpcHub.builder(Han.HUB).security(certificates.of("hub")).callbacks(callbacks));
    han.start();
    return new GrpcHarness(
        han, han.connect(b -> b.security(certificates.of("devices")).callbacks(callbacks)));
  }

  @Override
  public Transport hubSide() {
    return han.hub.transport();
  }

  @Override
  public Transport deviceSide() {
    return deviceSide;
  }

  @Override
  public Peer hub() {
    return Han.HUB;
  }

  @Override
  public Peer device() {
    return DEVICE;
  }

  @Override
  public Scheduler scheduler() {
    return Scheduler.of(executor);
  }

  @Override
  public TimeSource time() {
    return TimeSource.of(InstantSource.system(), System::nanoTime);
  }

  /** A device has its link a moment after it was opened. */
  @Override
  public void opened(Transport side) {
    if (side == deviceSide) {
      Han.await(() -> han.hub.devices().contains(DEVICE));
    }
  }

  @Override
  public boolean await(BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(1);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
    return true;
  }

  @Override
  public void settle() {
    if (!fenceOpen) {
      fenceOpen = true;
      fence.open(fenced);
      Han.await(() -> han.hub.devices().contains(FENCE));
    }
    for (int i = 0; i < LEGS; i++) {
      fence.discover(Clusters.PROFILE_SMART_ENERGY, Clusters.OTA_UPGRADE);
      fenced.server();
    }
  }

  @Override
  public void close() {
    han.close();
    executor.shutdownNow();
  }
}
