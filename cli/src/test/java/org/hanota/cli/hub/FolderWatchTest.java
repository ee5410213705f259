// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hanota.api.Eui64;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.Driver;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.zcl.Clusters;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.testing.InProcessNetwork;
import org.hanota.testing.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The looks at a folder go on, or the hub ends: nothing ends them without a word. */
class FolderWatchTest {
  private static final long PATIENCE_SECONDS = 20;

  @TempDir Path folder;

  private final CountDownLatch looks = new CountDownLatch(2);
  private final AtomicInteger ends = new AtomicInteger();
  private final StringWriter printed = new StringWriter();

  /** A store of which a class cannot be loaded, as happens when descriptors have run out. */
  private final class Broken implements ImageStore {
    @Override
    public List<StoredImage> images() {
      looks.countDown();
      throw new NoClassDefFoundError("org/hanota/Missing");
    }

    @Override
    public OctetSource open(Octets sha256) {
      throw new IllegalArgumentException(sha256.toHex());
    }

    @Override
    public void put(StoredImage image, OctetSource file) {}

    @Override
    public void remove(Octets sha256) {}
  }

  private ServeLog log() {
    PrintWriter out = new PrintWriter(printed, true);
    return new ServeLog(
        out,
        out,
        false,
        InstantSource.fixed(Instant.EPOCH),
        () -> 0,
        ParameterValues.defaults(ServeParameter.class));
  }

  @Test
  void anErrorOfALookIsToldEndsTheHubAndDoesNotEndTheLooks()
      throws IOException, InterruptedException {
    ServeLog log = log();
    ServeHealth health =
        new ServeHealth(
            log,
            new HubMetrics(),
            ParameterValues.defaults(ServeParameter.class),
            ends::incrementAndGet);
    ImageFolder images =
        new ImageFolder(folder, folder.resolve("state"), Optional.empty(), new IndexOptions());
    FolderWatch watch = new FolderWatch(images, new Broken(), log, health);
    Files.writeString(folder.resolve("new.ota"), "not read before the first look");
    VirtualClock clock = new VirtualClock();
    Peer self = new Peer(new Eui64(1), 1);
    Driver hub =
        Driver.builder(
                new NodeConfig(self, Clusters.PROFILE_SMART_ENERGY, true, false),
                () -> {
                  throw new IllegalStateException("never started");
                },
                new InProcessNetwork(clock, 1, 82, frame -> {}).attach(self, Set.of()),
                clock,
                clock)
            .build();
    FolderWatch.Looking looking = watch.begin(hub, 1);
    try {
      assertThat(looks.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      looking.close();
    }
    assertThat(ends).hasValue(1);
    assertThat(printed.toString()).contains("a fault of the hub", "org/hanota/Missing");
  }
}
