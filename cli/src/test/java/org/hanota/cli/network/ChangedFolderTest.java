// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hanota.api.Octets;
import org.hanota.cli.Background;
import org.hanota.cli.SmallImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder changes while its images are served. */
class ChangedFolderTest {
  private static final Octets IMAGE = SmallImage.of(1, 4_000, 1);

  @TempDir Path folder;
  private Path images = Path.of("");

  @BeforeEach
  void makeFolder() throws Exception {
    images = Files.createDirectories(folder.resolve("images"));
  }

  private Background serve(String... more) {
    List<String> fixed =
        List.of(
            "hub",
            "serve",
            "--images",
            images.toString(),
            "--insecure",
            "--listen",
            "localhost:0",
            "--set",
            "folderInterval=50");
    return Background.run(
        java.util.stream.Stream.concat(fixed.stream(), java.util.stream.Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void aDeviceWaitsForAnImageThatTheHubLacksAndGetsItOnceItIsInTheFolder() throws Exception {
    Path wanted = Files.write(folder.resolve("wanted.ota"), IMAGE.toByteArray());
    try (Background hub = serve()) {
      String port = hub.await("devices and operators at .*:(\\d+)");
      try (Background device =
          Background.run(
              "device",
              "run",
              "--hub",
              "localhost:" + port,
              "--insecure",
              "--image-of",
              wanted.toString(),
              "--query-interval",
              "1",
              "--until-updated")) {
        String unused = device.await("(the hub has no image for it now .NO_IMAGE_AVAILABLE.)");
        // Half of it first, as a slow copy has it.
        Path target = images.resolve("sub");
        Files.createDirectories(target);
        Files.write(target.resolve("a.ota"), IMAGE.slice(0, 2_000).toByteArray());
        String unusedHalf = hub.await("(passed over: .*a.ota: total image size)");
        Files.write(target.resolve("a.ota"), IMAGE.toByteArray());
        String unusedServed = hub.await("(serves 1002-0001-00000002, sub/a.ota)");
        String unusedDone = device.await("(1 of 1 devices updated)");
        assertThat(device.printed().split("has no image", -1)).hasSize(2);
      }
      Files.delete(images.resolve("sub/a.ota"));
      String unused = hub.await("(no longer serves 1002-0001-00000002, sub/a.ota)");
    }
  }

  @Test
  void aChangeIsOneJsonObject() throws Exception {
    try (Background hub = serve("--json")) {
      String unused = hub.await("(listening)");
      Files.write(images.resolve("a.ota"), IMAGE.toByteArray());
      String line = hub.await("(\\{\"event\":\"image-served\".*\\})");
      assertThat(line).contains("\"image\":\"1002-0001-00000002\"").contains("\"file\":\"a.ota\"");
    }
  }
}
