// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.InProcessNetwork.Outcome;
import org.hanota.api.zcl.Clusters;
import org.hanota.testing.VirtualClock;
import org.junit.jupiter.api.Test;

class InProcessNetworkTest {
  private static final int FRAMES = 2_000;
  private static final long LATENCY = 1_000_000;
  private static final Peer HUB = new Peer(new Eui64(1), 1);
  private static final Peer DEVICE = new Peer(new Eui64(2), 1);

  private final VirtualClock clock = new VirtualClock();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final InProcessNetwork network =
      new InProcessNetwork(
          clock, SeededRandom.of(1, 0, 0), LATENCY, 82, (frame, outcome) -> outcomes.add(outcome));
  private final Heard hub = new Heard();
  private final Heard device = new Heard();
  private final Transport hubSide = network.attach(HUB, Set.of(Clusters.OTA_UPGRADE));
  private final Transport deviceSide = network.attach(DEVICE, Set.of());

  private static final class Heard implements Transport.Receiver {
    final List<Integer> numbers = new ArrayList<>();
    final List<Octets> octets = new ArrayList<>();
    final List<SendResult> results = new ArrayList<>();
    final List<Peer> servers = new ArrayList<>();
    int noServer;
    boolean on = true;

    @Override
    public boolean isOn() {
      return on;
    }

    @Override
    public void onFrame(Frame frame) {
      numbers.add(frame.zcl().uint16le(0));
      octets.add(frame.zcl().copy());
    }

    @Override
    public void onSent(long sendId, SendResult result) {
      results.add(result);
    }

    @Override
    public void onServerFound(Peer server) {
      servers.add(server);
    }

    @Override
    public void onNoServer() {
      noServer++;
    }
  }

  private static Frame frame(int number, Peer to, boolean acknowledged) {
    SendOptions options =
        acknowledged ? SendOptions.ACKNOWLEDGED : SendOptions.ACKNOWLEDGED.unacknowledged();
    Octets zcl = Octets.copyOf((byte) number, (byte) (number >> 8), (byte) 0, (byte) 0);
    return new Frame(HUB, to, Clusters.PROFILE_SMART_ENERGY, Clusters.OTA_UPGRADE, options, zcl);
  }

  private FaultCounts send(LinkFaults faults, boolean acknowledged) {
    hubSide.open(hub);
    deviceSide.open(device);
    network.faults(faults);
    for (int i = 0; i < FRAMES; i++) {
      hubSide.send(i, frame(i, DEVICE, acknowledged));
      clock.advanceMillis(1);
    }
    clock.advanceMillis(10_000);
    return network.faultCounts();
  }

  @Test
  void aPerfectLinkBringsEveryFrameOnceInOrder() {
    FaultCounts counts = send(LinkFaults.NONE, true);
    assertThat(counts).isEqualTo(new FaultCounts(FRAMES, 0, 0, 0, 0, 0, 0, 0));
    assertThat(device.numbers).hasSize(FRAMES).isSorted();
    assertThat(hub.results).hasSize(FRAMES).containsOnly(SendResult.DELIVERED);
  }

  @Test
  void lostFramesAndLostAcknowledgementsAreCountedAndToldAsNoAck() {
    FaultCounts counts = send(LinkFaults.loss(0.2), true);
    assertThat(counts.dropped()).isBetween(300L, 500L);
    assertThat(counts.acknowledgementsDropped()).isBetween(200L, 450L);
    assertThat(device.numbers).hasSize((int) (FRAMES - counts.dropped()));
    assertThat(hub.results).hasSize(FRAMES);
    assertThat(hub.results.stream().filter(r -> r == SendResult.NO_ACK).count())
        .isEqualTo(counts.dropped() + counts.acknowledgementsDropped());
    assertThat(outcomes.stream().filter(o -> o == Outcome.LOST).count())
        .isEqualTo(counts.dropped());
  }

  @Test
  void aNodeWithoutPowerAcknowledgesNothingAndIsNoServer() {
    device.on = false;
    send(LinkFaults.NONE, true);
    assertThat(hub.results).hasSize(FRAMES).containsOnly(SendResult.NO_ACK);
    hub.on = false;
    deviceSide.discover(Clusters.PROFILE_SMART_ENERGY, Clusters.OTA_UPGRADE);
    clock.advanceMillis(100);
    assertThat(device.noServer).isEqualTo(1);
  }

  @Test
  void anAcknowledgementComesAfterTheFrameHoweverLateThatIs() {
    hubSide.open(hub);
    deviceSide.open(device);
    network.faults(new LinkFaults(0, 0, 0, 0, 0, 1, 1_000_000_000L));
    for (int i = 0; i < 50; i++) {
      hubSide.send(i, frame(i, DEVICE, true));
    }
    while (hub.results.size() < 50) {
      assertThat(hub.results.size()).isLessThanOrEqualTo(device.numbers.size());
      clock.advanceMillis(1);
    }
  }

  @Test
  void withoutAcknowledgementNobodyLearnsOfALoss() {
    FaultCounts counts = send(LinkFaults.loss(0.2), false);
    assertThat(counts.dropped()).isPositive();
    assertThat(hub.results).hasSize(FRAMES).containsOnly(SendResult.DELIVERED);
  }

  @Test
  void repeatedFramesComeTwice() {
    FaultCounts counts = send(new LinkFaults(0, 0.1, 0, 0, 0, 0, 0), true);
    assertThat(counts.repeated()).isBetween(130L, 270L);
    assertThat(device.numbers).hasSize((int) (FRAMES + counts.repeated()));
  }

  @Test
  void reorderedAndDelayedFramesAreOvertaken() {
    FaultCounts counts = send(new LinkFaults(0, 0, 0.1, 0, 0, 0.1, 50_000_000), true);
    assertThat(counts.reordered()).isBetween(130L, 270L);
    assertThat(counts.delayed()).isBetween(130L, 270L);
    assertThat(device.numbers).hasSize(FRAMES).doesNotHaveDuplicates();
    assertThat(device.numbers).isNotEqualTo(device.numbers.stream().sorted().toList());
  }

  @Test
  void aFrameCorruptedOnTheAirIsDropped() {
    FaultCounts counts = send(new LinkFaults(0, 0, 0, 0.1, 0, 0, 0), true);
    assertThat(counts.corrupted()).isBetween(130L, 270L);
    assertThat(device.numbers).hasSize((int) (FRAMES - counts.corrupted())).isSorted();
  }

  @Test
  void corruptionThatPassesTheLinkCheckChangesOneBit() {
    FaultCounts counts = send(new LinkFaults(0, 0, 0, 0, 0.1, 0, 0), true);
    assertThat(counts.corruptedUndetected()).isBetween(130L, 270L);
    int changed = 0;
    for (int i = 0; i < FRAMES; i++) {
      Octets sent = frame(i, DEVICE, true).zcl();
      changed +=
          Integer.bitCount(sent.uint16le(0) ^ device.octets.get(i).uint16le(0))
              + Integer.bitCount(sent.uint16le(2) ^ device.octets.get(i).uint16le(2));
    }
    assertThat(changed).isEqualTo((int) counts.corruptedUndetected());
  }

  @Test
  void aBroadcastReachesEveryoneElseAndAStrangerHasNoRoute() {
    hubSide.open(hub);
    deviceSide.open(device);
    hubSide.send(1, frame(7, Peer.BROADCAST, false));
    hubSide.send(2, frame(8, new Peer(new Eui64(9), 1), true));
    clock.advanceMillis(10);
    assertThat(device.numbers).containsExactly(7);
    assertThat(hub.results).containsExactly(SendResult.DELIVERED, SendResult.NO_ROUTE);
  }

  @Test
  void aSearchFindsTheServerOnceItIsOpen() {
    deviceSide.open(device);
    deviceSide.discover(Clusters.PROFILE_SMART_ENERGY, Clusters.OTA_UPGRADE);
    clock.advanceMillis(10);
    assertThat(device.noServer).isEqualTo(1);
    hubSide.open(hub);
    deviceSide.discover(Clusters.PROFILE_SMART_ENERGY, Clusters.OTA_UPGRADE);
    clock.advanceMillis(10);
    assertThat(device.servers).containsExactly(HUB);
  }

  @Test
  void nothingIsCalledBackFromInsideSendOrAfterClose() {
    hubSide.open(hub);
    deviceSide.open(device);
    hubSide.send(1, frame(1, DEVICE, true));
    assertThat(device.numbers).isEmpty();
    assertThat(hub.results).isEmpty();
    deviceSide.close();
    hubSide.close();
    clock.advanceMillis(10);
    assertThat(device.numbers).isEmpty();
    assertThat(hub.results).isEmpty();
  }

  @Test
  void nobodySendsInAnothersNameOrOpensTwice() {
    deviceSide.open(device);
    assertThatThrownBy(() -> deviceSide.send(1, frame(1, DEVICE, true)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> deviceSide.open(device)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> network.attach(HUB, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFractionOutsideOfZeroToOneIsRefused() {
    assertThatThrownBy(() -> LinkFaults.loss(1.1)).hasMessageContaining("drop is 1.1");
    assertThatThrownBy(() -> LinkFaults.loss(Double.NaN)).hasMessageContaining("drop");
  }
}
