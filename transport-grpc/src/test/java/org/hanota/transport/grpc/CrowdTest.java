// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Transport;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that say nothing: however many, they take few files and no known device's turn. */
@Timeout(60)
class CrowdTest {
  private static final GrpcLimits LIMITS =
      GrpcLimits.DEFAULT.with(GrpcParameter.STREAMS, 4).with(GrpcParameter.CONNECTIONS, 8);

  private static final int CROWD = 200;
  private static final int IDLE = 10_000;

  private final Certificates certificates;
  private final List<Socket> crowd = new ArrayList<>();

  CrowdTest(@TempDir Path folder) throws IOException {
    certificates = new Certificates(folder);
  }

  @AfterEach
  void leave() throws IOException {
    for (Socket socket : crowd) {
      socket.close();
    }
  }

  private void comes(Han han) throws IOException {
    crowd.add(new Socket("localhost", han.hub.address().getPort()));
  }

  private UnaryOperator<GrpcHub.Builder> hub(GrpcLimits limits) {
    return b -> b.security(certificates.of("hub")).limits(limits);
  }

  private Transport join(Han han, int number, Inbox inbox) {
    return han.join(
        han.connect(b -> b.security(certificates.of("devices"))), Han.device(number), inbox);
  }

  @Test
  void manyIdleConnectionsOnlyPushEachOtherOut() throws IOException {
    idleConnections(LIMITS, 10 * LIMITS.count(GrpcParameter.CONNECTIONS));
  }

  @Test
  @Tag("soak")
  void tenThousandIdleConnectionsOnlyPushEachOtherOut() throws IOException {
    long files =
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getMaxFileDescriptorCount();
    if (files < IDLE + 2 * GrpcLimits.DEFAULT.count(GrpcParameter.CONNECTIONS)) {
      Skipped.because("this process may open " + files + " files (ulimit -n)");
    }
    idleConnections(GrpcLimits.DEFAULT, IDLE);
  }

  private void idleConnections(GrpcLimits limits, int count) throws IOException {
    int limit = limits.count(GrpcParameter.CONNECTIONS);
    Inbox one = new Inbox();
    try (Han han = Han.serving(new Inbox(), hub(limits))) {
      Transport device = join(han, 1, one);
      for (int i = 1; i <= count; i++) {
        comes(han);
        if (i % (count / 10) == 0) {
          device.send(i, Han.frame(Han.device(1), Han.HUB, "01"));
          assertThat(one.result()).isEqualTo(new Inbox.Sent(i, SendResult.DELIVERED));
        }
      }
      HanEvent.Refused refused = han.event(han.hubEvents, HanEvent.Refused.class);
      assertThat(refused.reason())
          .contains("there are " + limit / 2 + " connections of its address");
      assertThat(han.hub.connectionCount())
          .as("with those that are being closed")
          .isLessThanOrEqualTo(limit + Connections.CLOSING);
      Transport unused = join(han, 2, new Inbox());
    }
  }

  /** Who is pushed out keeps its file open until the thread that serves it has time to close it. */
  @Test
  void whoComesFasterThanOthersArePushedOutWaits() throws Exception {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean)) {
      Skipped.because("this system does not say how many files a process has open");
    }
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Inbox blocking =
        new Inbox(
            frame -> {
              blocked.countDown();
              await(goOn);
            });
    Inbox one = new Inbox();
    try (Han han = Han.serving(blocking, b -> hub(LIMITS).apply(b).threads(1))) {
      Transport device = join(han, 1, one);
      device.send(1, Han.frame(Han.device(1), Han.HUB, "01"));
      await(blocked);
      long before = openFiles();
      for (int i = 0; i < CROWD; i++) {
        comes(han);
      }
      acceptorHasReadThemAll(han);
      assertThat(openFiles() - before - CROWD)
          .as("files that the hub has open for the crowd")
          .isLessThan(CROWD / 4);
      goOn.countDown();
      assertThat(one.result()).isEqualTo(new Inbox.Sent(1, SendResult.DELIVERED));
      Transport unused = join(han, 2, new Inbox());
      assertThat(han.hub.connectionCount())
          .isLessThanOrEqualTo(LIMITS.count(GrpcParameter.CONNECTIONS) + Connections.CLOSING);
    } finally {
      goOn.countDown();
    }
  }

  /** Its thread takes at least one connection between two tasks, if there is one. */
  private static void acceptorHasReadThemAll(Han han) throws Exception {
    EventLoopGroup acceptor = han.hub.server().accepting();
    for (int i = 0; i < 2 * CROWD; i++) {
      acceptor.submit(() -> {}).get(30, TimeUnit.SECONDS);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }
}
