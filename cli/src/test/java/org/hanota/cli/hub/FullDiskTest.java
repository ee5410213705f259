// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SmallImage;
import org.hanota.cli.network.SmallDisk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub whose disk is full for a moment, on a real file system of two megabytes. */
@Timeout(180)
class FullDiskTest {
  @TempDir Path folder;

  private @Nullable SmallDisk disk;

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.close();
    }
  }

  private SmallDisk mount() throws Exception {
    SmallDisk mounted = SmallDisk.at(folder.resolve("disk"), 2);
    disk = mounted;
    return mounted;
  }

  private static String get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  private static ServingStatus health(String hub) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(hub).usePlaintext().build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus();
    } finally {
      channel.shutdownNow();
    }
  }

  private static void theStatusTellsWhy(String hub) {
    Cli.Run status = Cli.run("hub", "status", "--hub", hub, "--insecure");
    assertThat(status.exitCode()).as(status.out()).isEqualTo(ExitCode.WRONG);
    assertThat(status.out()).contains(": out of service: ", "No space left").hasLineCount(1);
    Cli.Run json = Cli.run("hub", "status", "--hub", hub, "--insecure", "--json");
    assertThat(json.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(json.out()).contains("\"outage\":", "No space left");
  }

  @Test
  void aHubWhoseDiskIsFullSaysSoAndServesAgainOnceItIsNot() throws Exception {
    SmallDisk small = mount();
    Path images = Files.createDirectory(folder.resolve("images"));
    Path image = Files.write(images.resolve("display.ota"), SmallImage.of(20_000).toByteArray());
    try (Background hub =
        Background.run(
            "hub",
            "serve",
            "--images",
            images.toString(),
            "--store",
            small.path().resolve("store").toString(),
            "--http",
            "0",
            "--insecure",
            "--listen",
            "localhost:0")) {
      String address = "localhost:" + hub.await("operators at .*:(\\d+)");
      String page = hub.await("page on (http://localhost:\\d+/)");
      assertThat(health(address)).isEqualTo(ServingStatus.SERVING);
      Path filler = small.fill();
      try (Background device =
          Background.run(
              "device",
              "run",
              "--hub",
              address,
              "--insecure",
              "--image-of",
              image.toString(),
              "--query-interval",
              "2")) {
        hub.await("out of service: (.*No space left)");
        assertThat(health(address)).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(get(page + "metrics")).contains("hanota_serving 0.0");
        assertThat(get(page + "status.json")).contains("\"outage\":").contains("No space left");
        assertThat(hub.exitCode()).isNotDone();
        theStatusTellsWhy(address);
        Files.delete(filler);
        hub.await("(in service again)");
        hub.await("(confirmed)");
        assertThat(device.exitCode()).isNotDone();
      }
      assertThat(health(address)).isEqualTo(ServingStatus.SERVING);
      assertThat(get(page + "metrics")).contains("hanota_serving 1.0");
      assertThat(get(page + "status.json")).doesNotContain("outage");
    }
  }
}
