// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.testing.InProcessNetwork;
import org.hanota.testing.InProcessNetwork.Link;
import org.hanota.testing.VirtualClock;

/** One home in virtual time, whose machines and network one thread runs. */
class InProcessHome implements Harness {
  private static final Peer HUB = new Peer(new Eui64(0x00DB1234567890A2L), 1);
  private static final Peer DEVICE = new Peer(new Eui64(0x00DB123456789100L), 1);
  private static final int QUICK_LOOKS = 2_000;
  private static final int LOOKS = 100_000;

  final VirtualClock clock = new VirtualClock();

  /** What went over the air, with its times. */
  final List<String> frames = new ArrayList<>();

  private final Transport hubSide;
  private final Transport deviceSide;

  InProcessHome() {
    this(Link.WHOLE);
  }

  InProcessHome(Link link) {
    InProcessNetwork network = new InProcessNetwork(clock, 4_000_000, 82, this::note);
    network.link(link);
    hubSide = side(HUB, network.attach(HUB, Set.of(Clusters.OTA_UPGRADE)));
    deviceSide = side(DEVICE, network.attach(DEVICE, Set.of()));
  }

  /** What a node sends by. */
  Transport side(Peer node, Transport plain) {
    return plain;
  }

  private void note(Frame frame) {
    frames.add(clock.now().monotonicNanos() + " " + frame.source() + " " + frame.zcl().toHex());
  }

  @Override
  public Transport hubSide() {
    return hubSide;
  }

  @Override
  public Transport deviceSide() {
    return deviceSide;
  }

  @Override
  public Peer hub() {
    return HUB;
  }

  @Override
  public Peer device() {
    return DEVICE;
  }

  @Override
  public Scheduler scheduler() {
    return clock;
  }

  @Override
  public TimeSource time() {
    return clock;
  }

  @Override
  public boolean await(BooleanSupplier done) {
    for (int i = 0; i < LOOKS && !done.getAsBoolean(); i++) {
      clock.advanceMillis(i < QUICK_LOOKS ? 5 : 1_000);
    }
    return done.getAsBoolean();
  }

  @Override
  public void settle() {
    clock.advanceMillis(60_000);
  }

  @Override
  public void close() {}
}
