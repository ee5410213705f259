// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.transport.grpc.GrpcDevices;

/**
 * Devices that download at a pace, one block at a time, compare each with the file, and keep
 * nothing, so that a few hundred of them cost little beside the hub that serves them.
 */
final class PacedDevices implements AutoCloseable {
  static final Peer HUB = new Peer(new Eui64(0x00DB_1234_5678_0001L), 1);
  static final int PROFILE = 0x0109;

  /** So few that the longest file that a hub takes lasts for half an hour. */
  private static final int BLOCK_OCTETS = 1;

  private static final int STREAMS = 4;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final GrpcDevices connection;
  private final Octets file;
  private final ImageId image;
  private final AtomicLong blocks = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final AtomicLong started = new AtomicLong();
  private final AtomicLong finished = new AtomicLong();
  private volatile long periodNanos;

  /**
   * Devices that run the version before that of {@code image}.
   *
   * @param first the address of the first; the others follow
   */
  PacedDevices(InetSocketAddress hub, long first, int count, Octets file, ImageId image)
      throws IOException {
    this.file = file;
    this.image = image;
    connection = GrpcDevices.builder(hub).streams(STREAMS).callbacks(thread).name("paced").build();
    connection.start();
    List<Device> devices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Peer self = new Peer(new Eui64(first + i), 1);
      Device device = new Device(self, connection.attach(self, List.of()));
      device.transport.open(device);
      devices.add(device);
    }
    var unused =
        thread.scheduleWithFixedDelay(
            () -> devices.forEach(Device::askAgain), 0, RETRY_NANOS, TimeUnit.NANOSECONDS);
  }

  /** From now on each device asks for a block so often at most; 0 for as soon as it can. */
  void period(long nanos) {
    periodNanos = nanos;
  }

  /** Blocks that came and are right. */
  long blocks() {
    return blocks.get();
  }

  /** Blocks that are not those of the file. */
  long wrong() {
    return wrong.get();
  }

  /** Devices that have had a block. */
  long started() {
    return started.get();
  }

  /** Devices that ask for nothing more, as they have the file. */
  long finished() {
    return finished.get();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    connection.close();
  }

  /** All of it runs in the one thread. */
  private final class Device implements Transport.Receiver {
    private final Peer self;
    final Transport transport;
    private final ZclCodec codec = new ZclCodec();
    private long sends;
    private boolean offered;
    private boolean over;
    private int offset;
    private long due = System.nanoTime();
    private long askedAt = due - PATIENCE_NANOS;

    Device(Peer self, Transport transport) {
      this.self = self;
      this.transport = transport;
    }

    private void send(ZclMessage message) {
      askedAt = System.nanoTime();
      sends++;
      Octets zcl = ZclCodec.encode(message, (int) (sends & 0xFF), false);
      transport.send(
          sends,
          new Frame(self, HUB, PROFILE, Clusters.OTA_UPGRADE, SendOptions.ACKNOWLEDGED, zcl));
    }

    private void ask() {
      if (over) {
        return;
      }
      if (offered) {
        send(new ImageBlockRequest(image, offset, BLOCK_OCTETS, BlockRequestOptions.NONE));
      } else {
        send(
            new QueryNextImageRequest(
                ImageId.of(
                    image.manufacturerCode().value(),
                    image.imageType().value(),
                    image.fileVersion().value() - 1),
                Optional.empty()));
      }
    }

    /** What was asked, or its answer, was lost. */
    void askAgain() {
      if (System.nanoTime() - askedAt >= PATIENCE_NANOS) {
        ask();
      }
    }

    @Override
    public void onFrame(Frame frame) {
      ZclMessage message = codec.decode(frame.clusterId(), frame.zcl());
      if (message instanceof QueryNextImageResponse.Success && !offered) {
        offered = true;
        started.incrementAndGet();
        ask();
      } else if (message instanceof ImageBlockResponse.Success block) {
        took(block);
      } else if (message instanceof ImageBlockResponse.WaitForData) {
        // It asks again when its patience ends.
        askedAt = System.nanoTime() - PATIENCE_NANOS + RETRY_NANOS;
      } else if (message instanceof ImageBlockResponse.Refusal) {
        offered = false;
        offset = 0;
      }
    }

    private void took(ImageBlockResponse.Success block) {
      if (block.fileOffset() != offset) {
        // Of a request that was repeated.
        return;
      }
      int length = block.data().length();
      if (length == 0 || !block.data().equals(file.slice(offset, length))) {
        wrong.incrementAndGet();
      }
      blocks.incrementAndGet();
      offset += length;
      if (offset >= file.length()) {
        over = true;
        finished.incrementAndGet();
        return;
      }
      long now = System.nanoTime();
      due = Math.max(now, due + periodNanos);
      if (due == now) {
        ask();
      } else {
        askedAt = due;
        var unused = thread.schedule(this::ask, due - now, TimeUnit.NANOSECONDS);
      }
    }

    @Override
    public void onSent(long sendId, SendResult result) {}

    @Override
    public void onServerFound(Peer server) {}

    @Override
    public void onNoServer() {}
  }
}
