// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrpcTransportTest {
  private static final Peer ONE = Han.device(1);
  private static final Peer TWO = Han.device(2);

  @Test
  void everyFieldOfAFrameArrivesAndItsSenderHearsThatItDid() {
    Inbox atHub = new Inbox();
    try (Han han = Han.serving(atHub)) {
      Inbox atDevice = new Inbox();
      Transport device = han.join(han.connect(), ONE, atDevice);
      for (SendOptions.Priority priority : SendOptions.Priority.values()) {
        Frame frame =
            new Frame(
                ONE,
                Han.HUB,
                0x0109,
                0x0704,
                new SendOptions(true, true, priority),
                Octets.fromHex("0102FF"));
        device.send(7, frame);
        assertThat(atHub.frame()).isEqualTo(frame);
        assertThat(atDevice.result()).isEqualTo(new Inbox.Sent(7, SendResult.DELIVERED));
      }
    }
  }

  @Test
  void theHubReachesEachOfManyDevicesOfOneConnection() {
    Inbox atHub = new Inbox();
    try (Han han = Han.serving(atHub)) {
      GrpcDevices devices = han.connect();
      Inbox one = new Inbox();
      Inbox two = new Inbox();
      han.join(devices, ONE, one);
      han.join(devices, TWO, two);
      Transport hub = han.hub.transport();
      hub.send(1, Han.frame(Han.HUB, TWO, "22"));
      hub.send(2, Han.frame(Han.HUB, ONE, "11"));
      assertThat(two.frame().zcl().toHex()).isEqualTo("22");
      assertThat(one.frame().zcl().toHex()).isEqualTo("11");
      assertThat(List.of(atHub.result(), atHub.result()))
          .containsExactlyInAnyOrder(
              new Inbox.Sent(1, SendResult.DELIVERED), new Inbox.Sent(2, SendResult.DELIVERED));
    }
  }

  @Test
  void aBroadcastComesToEveryDevice() {
    Inbox atHub = new Inbox();
    try (Han han = Han.serving(atHub)) {
      Inbox one = new Inbox();
      Inbox two = new Inbox();
      han.join(han.connect(), ONE, one);
      han.join(han.connect(), TWO, two);
      han.hub.transport().send(1, Han.frame(Han.HUB, Peer.BROADCAST, "AA"));
      assertThat(one.frame().destination()).isEqualTo(Peer.BROADCAST);
      assertThat(two.frame().destination()).isEqualTo(Peer.BROADCAST);
      assertThat(atHub.result().result()).isEqualTo(SendResult.DELIVERED);
    }
  }

  @Test
  void aDeviceThatIsNotThereHasNoRoute() {
    Inbox atHub = new Inbox();
    try (Han han = Han.serving(atHub)) {
      han.hub.transport().send(1, Han.frame(Han.HUB, ONE, "00"));
      assertThat(atHub.result()).isEqualTo(new Inbox.Sent(1, SendResult.NO_ROUTE));
    }
  }

  @Test
  void anUnacknowledgedFrameCountsAsDeliveredOnceItIsWritten() {
    Inbox atHub = new Inbox();
    try (Han han = Han.serving(atHub)) {
      Inbox one = new Inbox();
      han.join(han.connect(), ONE, one);
      Frame frame =
          new Frame(
              Han.HUB,
              ONE,
              0x0109,
              0x0019,
              SendOptions.ACKNOWLEDGED.unacknowledged(),
              Octets.fromHex("05"));
      han.hub.transport().send(3, frame);
      assertThat(atHub.result()).isEqualTo(new Inbox.Sent(3, SendResult.DELIVERED));
      assertThat(one.frame()).isEqualTo(frame);
    }
  }

  @Test
  void nothingIsCalledBackFromInsideSend() {
    CompletableFuture<Transport> hub = new CompletableFuture<>();
    ThreadLocal<Boolean> sending = ThreadLocal.withInitial(() -> false);
    AtomicInteger inside = new AtomicInteger();
    CountDownLatch results = new CountDownLatch(3);
    Transport.Receiver answering =
        new Transport.Receiver() {
          @Override
          public void onFrame(Frame frame) {
            sending.set(true);
            hub.join().send(1, Han.frame(Han.HUB, frame.source(), "01"));
            hub.join().send(2, Han.frame(Han.HUB, TWO, "02"));
            hub.join().send(3, Han.frame(Han.HUB, Peer.BROADCAST, "03"));
            sending.set(false);
          }

          @Override
          public void onSent(long sendId, SendResult result) {
            if (sending.get()) {
              inside.incrementAndGet();
            }
            results.countDown();
          }

          @Override
          public void onServerFound(Peer server) {}

          @Override
          public void onNoServer() {}
        };
    try (Han han = new Han(GrpcHub.builder(Han.HUB))) {
      hub.complete(han.hub.transport());
      han.hub.transport().open(answering);
      han.start();
      Transport device = han.join(han.connect(), ONE, new Inbox());
      device.send(1, Han.frame(ONE, Han.HUB, "00"));
      Han.await(() -> results.getCount() == 0);
      assertThat(inside).hasValue(0);
    }
  }

  @Test
  void callbacksComeOneAtATimeHoweverManyStreamsBringThem() {
    Inbox atHub = new Inbox();
    try (Han han = Han.serving(atHub)) {
      int devices = 20;
      int each = 50;
      GrpcDevices connection = han.connect(b -> b.streams(4));
      Inbox atDevices = new Inbox();
      for (int i = 0; i < devices; i++) {
        Peer self = Han.device(i);
        Transport transport = han.join(connection, self, new Inbox());
        for (int j = 0; j < each; j++) {
          transport.send(j, Han.frame(self, Han.HUB, "00"));
        }
      }
      for (int i = 0; i < devices * each; i++) {
        assertThat(atHub.frame().clusterId()).isEqualTo(0x0019);
      }
      assertThat(atHub.overlapped).isFalse();
      assertThat(atDevices.overlapped).isFalse();
    }
  }

  @Test
  void aSearchFindsTheHubForItsClustersAndNobodyForOthers() {
    try (Han han = Han.serving(new Inbox())) {
      Inbox one = new Inbox();
      Transport device = han.join(han.connect(), ONE, one);
      device.discover(0x0109, 0x0019);
      assertThat(one.server()).isEqualTo(Han.HUB.toString());
      device.discover(0x0109, 0x0700);
      assertThat(one.server()).isEqualTo("none");
    }
  }

  @Test
  void theHubFindsADeviceThatIsServerOfACluster() {
    Inbox atHub = new Inbox();
    try (Han han = Han.serving(atHub)) {
      Transport device = han.connect().attach(ONE, List.of(0x0702));
      device.open(new Inbox());
      Han.await(() -> !han.hub.devices().isEmpty());
      han.hub.transport().discover(0x0109, 0x0702);
      assertThat(atHub.server()).isEqualTo(ONE.toString());
      han.hub.transport().discover(0x0109, 0x0703);
      assertThat(atHub.server()).isEqualTo("none");
    }
  }

  @Test
  void theHubTellsTheDevicesHowMuchFitsAFrame() {
    try (Han han = Han.serving(new Inbox(), b -> b.maximumPayload(50))) {
      Transport device = han.join(han.connect(), ONE, new Inbox());
      Han.await(() -> device.maximumPayload(Han.HUB) == 50);
    }
  }

  @Test
  void aDeviceThatClosesIsNoLongerReached() {
    Inbox atHub = new Inbox();
    try (Han han = Han.serving(atHub)) {
      Transport device = han.join(han.connect(), ONE, new Inbox());
      device.close();
      Han.await(() -> han.hub.devices().isEmpty());
      han.hub.transport().send(1, Han.frame(Han.HUB, ONE, "00"));
      assertThat(atHub.result().result()).isEqualTo(SendResult.NO_ROUTE);
    }
  }

  @Test
  void aDeviceThatJoinsElsewhereTakesItsLinkThere() {
    try (Han han = Han.serving(new Inbox())) {
      Inbox before = new Inbox();
      Inbox after = new Inbox();
      han.join(han.connect(), ONE, before);
      Transport moved = han.connect().attach(ONE, List.of());
      moved.open(after);
      assertThat(han.event(han.deviceEvents, HanEvent.Left.class).device()).isEqualTo(ONE);
      han.hub.transport().send(1, Han.frame(Han.HUB, ONE, "00"));
      assertThat(after.frame().destination()).isEqualTo(ONE);
      assertThat(before.frames).isEmpty();
    }
  }

  @Test
  void devicesComeBackByThemselvesWhenTheHubDoes() {
    Inbox first = new Inbox();
    Han han = Han.serving(first);
    InetSocketAddress address = han.hub.address();
    GrpcDevices devices = han.connect(b -> b.seed(1));
    Inbox one = new Inbox();
    Transport device = han.join(devices, ONE, one);
    han.hub.close();
    // Waits in the queue for the hub to come back.
    device.send(5, Han.frame(ONE, Han.HUB, "05"));
    device.discover(0x0109, 0x0019);
    Inbox second = new Inbox();
    try (Han again = Han.serving(second, b -> b.listen(address))) {
      assertThat(second.frame().zcl().toHex()).isEqualTo("05");
      assertThat(one.result()).isEqualTo(new Inbox.Sent(5, SendResult.DELIVERED));
      assertThat(one.server()).isEqualTo(Han.HUB.toString());
      assertThat(again.hub.devices()).containsExactly(ONE);
    } finally {
      han.close();
    }
  }

  @Test
  void aFrameWrittenBeforeTheConnectionBrokeIsNotAcknowledged() {
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch there = new CountDownLatch(1);
    Inbox atHub =
        new Inbox(
            frame -> {
              there.countDown();
              try {
                hold.await();
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            });
    Han han = Han.serving(atHub);
    Inbox one = new Inbox();
    Transport device = han.join(han.connect(), ONE, one);
    device.send(1, Han.frame(ONE, Han.HUB, "00"));
    Han.await(() -> there.getCount() == 0);
    han.close();
    hold.countDown();
    // The devices' end was closed too: the result was given before the callbacks ended, or never.
    assertThat(one.results).noneMatch(sent -> sent.result() == SendResult.DELIVERED);
  }

  @Test
  void aFullQueueAnswersBusyAndWhatWaitsTooLongIsDropped() {
    GrpcLimits limits =
        GrpcLimits.DEFAULT
            .with(GrpcParameter.QUEUED_FRAMES, 4)
            .with(GrpcParameter.UNANSWERED_FRAMES, 16)
            .with(GrpcParameter.RESULT_DEADLINE, 200);
    try (Han han = Han.serving(new Inbox())) {
      InetSocketAddress nobody = new InetSocketAddress("localhost", 1);
      GrpcDevices devices = han.connect(nobody, b -> b.limits(limits));
      Inbox one = new Inbox();
      Transport device = devices.attach(ONE, List.of());
      device.open(one);
      for (int i = 0; i < 5; i++) {
        device.send(i, Han.frame(ONE, Han.HUB, "00"));
      }
      assertThat(one.result()).isEqualTo(new Inbox.Sent(4, SendResult.BUSY));
      for (int i = 0; i < 4; i++) {
        assertThat(one.result()).isEqualTo(new Inbox.Sent(i, SendResult.DROPPED));
      }
      device.discover(0x0109, 0x0019);
      assertThat(one.server()).isEqualTo("none");
    }
  }

  @Test
  void aReceiverThatThrowsIsToldOfAndTheTransportGoesOn() {
    AtomicInteger count = new AtomicInteger();
    Inbox atHub =
        new Inbox(
            frame -> {
              if (count.getAndIncrement() == 0) {
                throw new IllegalStateException("planted");
              }
            });
    try (Han han = Han.serving(atHub)) {
      Inbox one = new Inbox();
      Transport device = han.join(han.connect(), ONE, one);
      device.send(1, Han.frame(ONE, Han.HUB, "00"));
      assertThat(one.result()).isEqualTo(new Inbox.Sent(1, SendResult.NO_ACK));
      assertThat(han.event(han.hubEvents, HanEvent.CallbackFailed.class).fault())
          .hasMessage("planted");
      device.send(2, Han.frame(ONE, Han.HUB, "00"));
      assertThat(one.result()).isEqualTo(new Inbox.Sent(2, SendResult.DELIVERED));
    }
  }

  @Test
  void aTransportIsOpenedOnceAndSendsOnlyForItself() {
    try (Han han = Han.serving(new Inbox())) {
      assertThatThrownBy(() -> han.hub.transport().open(new Inbox()))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> han.hub.transport().send(1, Han.frame(ONE, TWO, "00")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("source");
    }
  }
}
