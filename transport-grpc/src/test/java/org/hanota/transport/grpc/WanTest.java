// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.WanLink;
import org.hanota.keys.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WAN between processes: identity, ends, and transfers that go on where they broke. */
class WanTest {
  private static final Eui64 HUB = Han.HUB.address();
  private static final Octets COMMAND = Octets.fromHex("dd00");
  private static final Octets ALERT = Octets.fromHex("df0901");
  private static final String REQUEST = "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000";
  private static final int IMAGE_OCTETS = 700_000;

  @TempDir Path folder;

  private final BlockingQueue<Object> atHeadEnd = new LinkedBlockingQueue<>();
  private final BlockingQueue<Object> atHub = new LinkedBlockingQueue<>();
  private final BlockingQueue<HanEvent> events = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Certificates certificates;

  /** Whether the head end never says that it has dealt with a word. */
  private volatile boolean silent;

  @BeforeEach
  void makeCertificates() throws IOException {
    certificates = new Certificates(folder);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private record Said(Eui64 hub, HubWord word) {}

  private static Said said(Octets message) {
    return new Said(HUB, new HubWord.Message(message));
  }

  private static final Said CAME = new Said(HUB, new HubWord.Came());

  private GrpcHeadEnd headEnd(int port) throws IOException {
    GrpcHeadEnd headEnd =
        GrpcHeadEnd.serve(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            certificates.of("hub"),
            GrpcLimits.DEFAULT,
            (hub, word, dealt) -> {
              atHeadEnd.add(new Said(hub, word));
              if (!silent) {
                dealt.run();
              }
            },
            events::add);
    opened.add(headEnd);
    headEnd.acts(true);
    return headEnd;
  }

  private GrpcWan hub(String certificate, InetSocketAddress... headEnds) throws IOException {
    GrpcWan wan =
        new GrpcWan(
            List.of(headEnds),
            HUB,
            certificates.of(certificate),
            GrpcLimits.DEFAULT.with(GrpcParameter.RECONNECT, 20),
            SeededRandom.of(1, 0, 0),
            events::add);
    opened.add(0, wan);
    wan.open(new Hears());
    return wan;
  }

  private final class Hears implements WanLink.Receiver {
    @Override
    public void onDelivery(WanLink.Delivery delivery) {
      atHub.add(delivery);
    }

    @Override
    public void onHeard(Octets sha256) {
      atHub.add(sha256);
    }
  }

  private Object next(BlockingQueue<?> queue) throws InterruptedException {
    Object next = queue.poll(60, TimeUnit.SECONDS);
    assertThat(next).as("nothing came within a minute; events " + events).isNotNull();
    return next;
  }

  private <T extends HanEvent> T event(Class<T> kind) throws InterruptedException {
    while (true) {
      Object event = next(events);
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  private static WanLink.Load.Image image(OctetSource file) {
    return new WanLink.Load.Image(
        "image", file, List.of(Han.device(0).address()), new UpgradeTime.At(1_795_000_000_000L));
  }

  @Test
  void commandsAndImagesComeToTheHubAndItsWordsToTheHeadEnd() throws Exception {
    GrpcHeadEnd headEnd = headEnd(0);
    WanLink.Delivery command = new WanLink.Delivery(1, REQUEST, new WanLink.Load.Command(COMMAND));
    WanLink.Delivery image =
        new WanLink.Delivery(2, REQUEST, image(Octets.wrap(new byte[IMAGE_OCTETS])));
    GrpcWan hub = hub("hub", headEnd.address());
    assertThat(next(atHeadEnd)).isEqualTo(CAME);
    headEnd.send(HUB, command);
    assertThat(next(atHub)).isEqualTo(command);
    headEnd.send(HUB, image);
    assertThat(next(atHub)).isEqualTo(image);
    hub.ended(1, new WanLink.End.Kept());
    hub.ended(2, new WanLink.End.Refused("no room"));
    assertThat(next(atHeadEnd))
        .isEqualTo(new Said(HUB, new HubWord.Ended(1, new WanLink.End.Kept())));
    assertThat(next(atHeadEnd))
        .isEqualTo(new Said(HUB, new HubWord.Ended(2, new WanLink.End.Refused("no room"))));
    hub.want(Han.device(0).address(), ImageId.of(1, 2, 3));
    assertThat(next(atHeadEnd))
        .isEqualTo(new Said(HUB, new HubWord.Wants(Han.device(0).address(), ImageId.of(1, 2, 3))));
    hub.send(ALERT);
    assertThat(next(atHeadEnd)).isEqualTo(said(ALERT));
    headEnd.heard(HUB, Sha256.of(ALERT));
    assertThat(next(atHub)).isEqualTo(Sha256.of(ALERT));
  }

  @Test
  void aHubWhoseCertificateNamesAnotherIsRefused() throws Exception {
    GrpcHeadEnd headEnd = headEnd(0);
    headEnd.send(HUB, new WanLink.Delivery(1, REQUEST, new WanLink.Load.Command(COMMAND)));
    hub("otherhub", headEnd.address());
    assertThat(event(HanEvent.Refused.class).reason())
        .isEqualTo("hub is " + HUB + ", allowed those of its certificate: [0000000000000001]");
    assertThat(event(HanEvent.Disconnected.class).reason()).contains("PERMISSION_DENIED");
    assertThat(atHub).isEmpty();
  }

  @Test
  void whoShowsNoCertificateOfTheAuthorityIsRefused() throws Exception {
    GrpcHeadEnd headEnd = headEnd(0);
    hub("impostor", headEnd.address());
    assertThat(event(HanEvent.Refused.class).who()).contains("impostor");
    assertThat(event(HanEvent.Disconnected.class).reason()).contains("UNAVAILABLE");
    assertThat(atHub).isEmpty();
  }

  /** An image of which a place cannot be read once. */
  private static final class Breaking implements OctetSource {
    private final Octets octets;
    private final long breaksAt;
    private int readings;

    /** How often octets had been asked for when it broke. */
    volatile int broke;

    final List<Long> asked = new ArrayList<>();

    Breaking(long breaksAt) {
      byte[] all = new byte[IMAGE_OCTETS];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) ((i * 31) >> 5);
      }
      this.octets = Octets.wrap(all);
      this.breaksAt = breaksAt;
    }

    @Override
    public long size() {
      return octets.size();
    }

    @Override
    public synchronized Octets octets(long offset, int length) {
      asked.add(offset);
      // The first reading is for its hash.
      if (offset == breaksAt && ++readings == 2) {
        broke = asked.size();
        throw new IllegalStateException("this place cannot be read now");
      }
      return octets.octets(offset, length);
    }
  }

  @Test
  void aTransferThatBreaksGoesOnWhereItWas() throws Exception {
    GrpcHeadEnd headEnd = headEnd(0);
    Breaking file = new Breaking(5 * 65_536);
    WanLink.Delivery delivery = new WanLink.Delivery(2, REQUEST, image(file));
    hub("hub", headEnd.address());
    assertThat(event(HanEvent.Connected.class)).isNotNull();
    headEnd.send(HUB, delivery);
    assertThat(event(HanEvent.Refused.class).reason()).contains("UNKNOWN");
    int before = file.broke;
    WanLink.Delivery came = (WanLink.Delivery) next(atHub);
    assertThat(((WanLink.Load.Image) came.load()).file()).isEqualTo(file.octets);
    assertThat(file.asked.subList(before, file.asked.size())).isNotEmpty().doesNotContain(0L);
  }

  @Test
  void whereOneProcessEndsTheHubGoesToTheNextAndSaysAgainWhatNobodyHeard() throws Exception {
    GrpcHeadEnd first = headEnd(0);
    GrpcHeadEnd second = headEnd(0);
    second.acts(false);
    GrpcWan hub = hub("hub", second.address(), first.address());
    hub.send(ALERT);
    assertThat(next(atHeadEnd)).isEqualTo(CAME);
    assertThat(next(atHeadEnd)).isEqualTo(said(ALERT));
    first.acts(false);
    second.acts(true);
    assertThat(next(atHeadEnd)).isEqualTo(CAME);
    assertThat(next(atHeadEnd)).isEqualTo(said(ALERT));
    second.heard(HUB, Sha256.of(ALERT));
    assertThat(next(atHub)).isEqualTo(Sha256.of(ALERT));
    int port = second.address().getPort();
    second.close();
    GrpcHeadEnd third = headEnd(port);
    assertThat(next(atHeadEnd)).isEqualTo(CAME);
    third.send(HUB, new WanLink.Delivery(3, REQUEST, new WanLink.Load.Command(COMMAND)));
    assertThat(((WanLink.Delivery) next(atHub)).number()).isEqualTo(3);
    assertThat(atHeadEnd).isEmpty();
  }

  @Test
  void nothingIsKeptForAHubThatIsNotThereAndWhatWasTakenBackIsNotFetched() throws Exception {
    GrpcHeadEnd headEnd = headEnd(0);
    headEnd.send(HUB, new WanLink.Delivery(1, REQUEST, new WanLink.Load.Command(COMMAND)));
    hub("hub", headEnd.address());
    assertThat(next(atHeadEnd)).isEqualTo(CAME);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch withdrawn = new CountDownLatch(1);
    Octets octets = Octets.wrap(new byte[IMAGE_OCTETS]);
    AtomicInteger readings = new AtomicInteger();
    OctetSource slow =
        new OctetSource() {
          @Override
          public long size() {
            return octets.size();
          }

          @Override
          public Octets octets(long offset, int length) {
            // The first reading of each place is for its hash.
            if (offset == 0 && readings.incrementAndGet() == 2) {
              asked.countDown();
              await(withdrawn);
            }
            return octets.octets(offset, length);
          }
        };
    headEnd.send(HUB, new WanLink.Delivery(2, REQUEST, image(slow)));
    await(asked);
    headEnd.withdraw(HUB, 2);
    withdrawn.countDown();
    headEnd.send(HUB, new WanLink.Delivery(3, REQUEST, new WanLink.Load.Command(COMMAND)));
    // Neither the first, which was not kept, nor the second, which was taken back.
    assertThat(((WanLink.Delivery) next(atHub)).number()).isEqualTo(3);
    assertThat(atHub).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException fault) {
      throw new AssertionError(fault);
    }
  }

  @Test
  void ofAHubThatTalksWithoutEndOneWordIsReadBeforeItWasDealtWith() throws Exception {
    silent = true;
    GrpcHeadEnd headEnd = headEnd(0);
    GrpcWan hub = hub("hub", headEnd.address());
    for (int i = 0; i < 200; i++) {
      hub.send(Octets.fromHex("df%04x".formatted(i)));
    }
    assertThat(next(atHeadEnd)).isEqualTo(CAME);
    headEnd.send(HUB, new WanLink.Delivery(1, REQUEST, new WanLink.Load.Command(COMMAND)));
    // The head end deals with the first word still, and what is for the hub goes out.
    assertThat(((WanLink.Delivery) next(atHub)).number()).isEqualTo(1);
    assertThat(atHeadEnd).isEmpty();
  }

  @Test
  void aHeadEndThatTakesConnectionsAndSaysNothingIsLeftForTheNext() throws Exception {
    GrpcHeadEnd headEnd = headEnd(0);
    try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      GrpcWan wan =
          new GrpcWan(
              List.of((InetSocketAddress) mute.getLocalSocketAddress(), headEnd.address()),
              HUB,
              certificates.of("hub"),
              GrpcLimits.DEFAULT.with(GrpcParameter.RECONNECT, 20).with(GrpcParameter.WELCOME, 200),
              SeededRandom.of(1, 0, 0),
              events::add);
      opened.add(0, wan);
      wan.open(new Hears());
      assertThat(next(atHeadEnd)).isEqualTo(CAME);
    }
    assertThat(event(HanEvent.Disconnected.class).reason())
        .isEqualTo("no answer to the hello within 200 ms");
  }

  @Test
  void aStreamOfWhoeverWasRevokedEnds() throws Exception {
    certificates.revoke();
    GrpcHeadEnd headEnd =
        GrpcHeadEnd.serve(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            certificates.obeyingRevoked("hub"),
            GrpcLimits.DEFAULT.with(GrpcParameter.RESULT_DEADLINE, 200),
            (hub, word, dealt) -> {
              atHeadEnd.add(new Said(hub, word));
              dealt.run();
            },
            events::add);
    opened.add(headEnd);
    headEnd.acts(true);
    hub("hub", headEnd.address());
    assertThat(next(atHeadEnd)).isEqualTo(CAME);
    certificates.revoke("hub");
    assertThat(event(HanEvent.Refused.class).reason()).contains("revoked");
    assertThat(headEnd.hubs()).isEmpty();
  }

  /** Its end comes from another thread at any moment after the hello. */
  @Test
  void noHubIsToldToHaveComeAfterItHasGone() throws Exception {
    BlockingQueue<HanEvent> told = new LinkedBlockingQueue<>();
    AtomicReference<GrpcHeadEnd> served = new AtomicReference<>();
    GrpcHeadEnd headEnd =
        GrpcHeadEnd.serve(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            certificates.of("hub"),
            GrpcLimits.DEFAULT,
            (hub, word, dealt) -> {
              atHeadEnd.add(new Said(hub, word));
              dealt.run();
            },
            event -> {
              if (event instanceof HanEvent.Connected || event instanceof HanEvent.Disconnected) {
                told.add(event);
              }
              if (event instanceof HanEvent.Disconnected gone
                  && gone.reason().contains("has opened another")) {
                requireNonNull(served.get()).acts(false);
              }
            });
    served.set(headEnd);
    opened.add(headEnd);
    headEnd.acts(true);
    for (int i = 0; i < 2; i++) {
      GrpcWan wan =
          new GrpcWan(
              List.of(headEnd.address()),
              HUB,
              certificates.of("hub"),
              GrpcLimits.DEFAULT,
              SeededRandom.of(1, 0, 0),
              event -> {});
      opened.add(0, wan);
      wan.open(new Hears());
      if (i == 0) {
        assertThat(next(atHeadEnd)).isEqualTo(CAME);
      }
    }
    List<Class<?>> order = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      order.add(next(told).getClass());
    }
    assertThat(order)
        .containsExactly(
            HanEvent.Connected.class,
            HanEvent.Connected.class,
            HanEvent.Disconnected.class,
            HanEvent.Disconnected.class);
  }

  @Test
  void anImageThatStaysWrongIsRefusedAndNothingOfItIsKept() throws Exception {
    GrpcHeadEnd headEnd = headEnd(0);
    hub("hub", headEnd.address());
    assertThat(next(atHeadEnd)).isEqualTo(CAME);
    AtomicInteger readings = new AtomicInteger();
    OctetSource changing =
        new OctetSource() {
          @Override
          public long size() {
            return 1_000;
          }

          @Override
          public Octets octets(long offset, int length) {
            byte[] all = new byte[length];
            all[0] = (byte) readings.getAndIncrement();
            return Octets.wrap(all);
          }
        };
    headEnd.send(HUB, new WanLink.Delivery(2, REQUEST, image(changing)));
    Said said = (Said) next(atHeadEnd);
    HubWord.Ended ended = (HubWord.Ended) said.word();
    assertThat(ended.number()).isEqualTo(2);
    assertThat(((WanLink.End.Refused) ended.end()).reason()).contains("its delivery says");
    assertThat(readings.get()).isEqualTo(1 + ImageFetch.WRONG_MAX);
    assertThat(atHub).isEmpty();
  }

  @Test
  void twoDeliveriesOfOneImageAreFetchedOnceAndBothCome() throws Exception {
    GrpcHeadEnd headEnd = headEnd(0);
    hub("hub", headEnd.address());
    assertThat(next(atHeadEnd)).isEqualTo(CAME);
    Octets octets = Octets.wrap(new byte[IMAGE_OCTETS]);
    headEnd.send(HUB, new WanLink.Delivery(1, REQUEST, image(octets)));
    headEnd.send(HUB, new WanLink.Delivery(2, REQUEST, image(octets)));
    assertThat(
            List.of(
                ((WanLink.Delivery) next(atHub)).number(),
                ((WanLink.Delivery) next(atHub)).number()))
        .containsExactlyInAnyOrder(1L, 2L);
  }
}
