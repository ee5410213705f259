// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.testing.InProcessNetwork.Link;
import org.junit.jupiter.api.Test;

class InProcessNetworkTest {
  private static final int FRAMES = 20;
  private static final long LATENCY = 1_000_000;
  private static final Peer HUB = new Peer(new Eui64(1), 1);
  private static final Peer DEVICE = new Peer(new Eui64(2), 1);

  private final VirtualClock clock = new VirtualClock();
  private int tapped;
  private final InProcessNetwork network =
      new InProcessNetwork(clock, LATENCY, 82, frame -> tapped++);
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

  private void send(Link link, boolean acknowledged) {
    hubSide.open(hub);
    deviceSide.open(device);
    network.link(link);
    for (int i = 0; i < FRAMES; i++) {
      hubSide.send(i, frame(i, DEVICE, acknowledged));
      clock.advanceMillis(1);
    }
    clock.advanceMillis(10);
  }

  @Test
  void aPerfectLinkBringsEveryFrameOnceInOrder() {
    send(Link.WHOLE, true);
    assertThat(device.numbers).hasSize(FRAMES).isSorted().doesNotHaveDuplicates();
    assertThat(hub.results).hasSize(FRAMES).containsOnly(SendResult.DELIVERED);
    assertThat(tapped).isEqualTo(FRAMES);
  }

  @Test
  void aLostFrameIsToldAsNoAckAndAnAnswerOfDiscoveryIsLostToo() {
    send(Link.LOST, true);
    assertThat(device.numbers).isEmpty();
    assertThat(hub.results).hasSize(FRAMES).containsOnly(SendResult.NO_ACK);
    deviceSide.discover(Clusters.PROFILE_SMART_ENERGY, Clusters.OTA_UPGRADE);
    clock.advanceMillis(10);
    assertThat(device.noServer).isEqualTo(1);
  }

  @Test
  void aNodeWithoutPowerAcknowledgesNothingAndIsNoServer() {
    device.on = false;
    send(Link.WHOLE, true);
    assertThat(hub.results).hasSize(FRAMES).containsOnly(SendResult.NO_ACK);
    hub.on = false;
    deviceSide.discover(Clusters.PROFILE_SMART_ENERGY, Clusters.OTA_UPGRADE);
    clock.advanceMillis(100);
    assertThat(device.noServer).isEqualTo(1);
  }

  @Test
  void withoutAcknowledgementNobodyLearnsOfALoss() {
    send(Link.LOST, false);
    assertThat(device.numbers).isEmpty();
    assertThat(hub.results).hasSize(FRAMES).containsOnly(SendResult.DELIVERED);
  }

  @Test
  void repeatedFramesComeTwiceAndChangedOnesWithOneBitLessOrMore() {
    send(Link.REPEATED, true);
    assertThat(device.numbers).hasSize(2 * FRAMES);
    network.link(Link.CHANGED);
    device.octets.clear();
    hubSide.send(1, frame(7, DEVICE, true));
    clock.advanceMillis(10);
    assertThat(device.octets)
        .containsExactly(Octets.copyOf((byte) 7, (byte) 0, (byte) 0, (byte) 1));
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
}
