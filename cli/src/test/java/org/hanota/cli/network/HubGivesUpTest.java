// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hanota.cli.Background;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SmallImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub whose storage cannot be opened anew for too long ends as with a fault, so that whoever
 * watches over it starts it again.
 */
@Timeout(180)
class HubGivesUpTest {
  @TempDir private Path folder;
  private Path image = Path.of("");
  private int port;

  @BeforeEach
  void prepare() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    image = Files.write(images.resolve("display.ota"), SmallImage.of(20_000).toByteArray());
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  private HanotaProcess hub(SmallDisk disk) {
    return HanotaProcess.start(
        line -> {},
        List.of(
            "hub",
            "serve",
            "--images",
            image.resolveSibling("").toString(),
            "--store",
            disk.path().resolve("store").toString(),
            "--insecure",
            "--listen",
            "localhost:" + port,
            "--set",
            "storagePause=100",
            "--set",
            "outagePatience=1000"));
  }

  @Test
  void aHubWhoseDiskStaysFullEndsWithAFaultAndGoesOnOnceItIsStartedAnew() throws Exception {
    try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), 2)) {
      try (HanotaProcess first = hub(disk)) {
        assertThat(first.awaitLines(2, 60_000)).as("%s", first.last()).isTrue();
        Path filler = disk.fill();
        try (Background device =
            Background.run(
                "device",
                "run",
                "--hub",
                "localhost:" + port,
                "--insecure",
                "--image-of",
                image.toString(),
                "--query-interval",
                "1",
                "--until-updated")) {
          assertThat(first.await(1)).as("%s", first.last()).isEqualTo(ExitCode.WRONG);
          assertThat(String.join("\n", first.last()))
              .contains("out of service: ", "No space left", "the hub ends: it has not served");
          Files.delete(filler);
          try (HanotaProcess second = hub(disk)) {
            assertThat(device.await("(confirmed)")).as("%s", second.last()).isNotEmpty();
            second.kill();
          }
        }
      }
    }
  }
}
