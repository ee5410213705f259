// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

  private record Ended(Eui64 hub, long number, WanLink.End end) {}

  private record Wanted(Eui64 hub, Eui64 device, ImageId part) {}

  private record Said(Eui64 hub, Octets message) {}

  private GrpcHeadEnd headEnd(int port) throws IOException {
    GrpcHeadEnd headEnd =
        GrpcHeadEnd.serve(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            certificates.of("hub"),
            new GrpcHeadEnd.Hubs() {
              @Override
              public void message(Eui64 hub, Octets message) {
                atHeadEnd.add(new Said(hub, message));
              }

              @Override
              public void wants(Eui64 hub, Eui64 device, ImageId part) {
                atHeadEnd.add(new Wanted(hub, device, part));
              }

              @Override
              public void ended(Eui64 hub, long number, WanLink.End end) {
                atHeadEnd.add(new Ended(hub, number, end));
              }
            },
            events::add);
    opened.add(headEnd);
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
    wan.open(
        new WanLink.Receiver() {
          @Override
          public void onDelivery(WanLink.Delivery delivery) {
            atHub.add(delivery);
          }

          @Override
          public void onHeard(Octets sha256) {
            atHub.add(sha256);
          }
        });
    return wan;
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
    headEnd.send(HUB, command);
    GrpcWan hub = hub("hub", headEnd.address());
    assertThat(next(atHub)).isEqualTo(command);
    headEnd.send(HUB, image);
    assertThat(next(atHub)).isEqualTo(image);
    hub.ended(1, new WanLink.End.Kept());
    hub.ended(2, new WanLink.End.Refused("no room"));
    assertThat(next(atHeadEnd)).isEqualTo(new Ended(HUB, 1, new WanLink.End.Kept()));
    assertThat(next(atHeadEnd)).isEqualTo(new Ended(HUB, 2, new WanLink.End.Refused("no room")));
    hub.want(Han.device(0).address(), ImageId.of(1, 2, 3));
    assertThat(next(atHeadEnd))
        .isEqualTo(new Wanted(HUB, Han.device(0).address(), ImageId.of(1, 2, 3)));
    hub.send(ALERT);
    assertThat(next(atHeadEnd)).isEqualTo(new Said(HUB, ALERT));
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
    GrpcWan hub = hub("hub", first.address(), second.address());
    hub.send(ALERT);
    assertThat(next(atHeadEnd)).isEqualTo(new Said(HUB, ALERT));
    first.close();
    assertThat(next(atHeadEnd)).isEqualTo(new Said(HUB, ALERT));
    second.heard(HUB, Sha256.of(ALERT));
    assertThat(next(atHub)).isEqualTo(Sha256.of(ALERT));
    int port = second.address().getPort();
    second.close();
    headEnd(port).send(HUB, new WanLink.Delivery(3, REQUEST, new WanLink.Load.Command(COMMAND)));
    assertThat(((WanLink.Delivery) next(atHub)).number()).isEqualTo(3);
    assertThat(atHeadEnd).isEmpty();
  }
}
