// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.ImageId;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SmallImage;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that serves by a GB profile: whether it takes an offer of an image in several files. */
class ServeProfileTest {
  @TempDir Path folder;

  private final List<ImageId> parts = new ArrayList<>();

  @BeforeEach
  void imageInParts() throws IOException {
    Files.createDirectory(folder.resolve("images"));
    OtaHeader header = OtaHeader.of(ImageId.of(0x1002, 0x5678, 2));
    for (ZigBeeFile part : ImageParts.split(SmallImage.of(3_000), header, 2_000)) {
      parts.add(part.header().image());
      Files.write(
          folder.resolve("images/part-" + parts.size() + ".ota"),
          part.octets().octets(0, (int) part.octets().size()).toByteArray());
    }
    assertThat(parts).hasSize(2);
  }

  private Cli.Run start(String... options) {
    List<String> serve =
        new ArrayList<>(List.of("hub", "serve", "--insecure", "--listen", "localhost:0"));
    serve.addAll(List.of("--images", folder.resolve("images").toString()));
    serve.addAll(List.of("--set", "servesUnasked=false"));
    serve.addAll(List.of(options));
    try (Background hub = Background.run(serve.toArray(String[]::new))) {
      hub.await("serving (2) image");
      String address = "localhost:" + hub.await("operators at .*:(\\d+)");
      String part = folder.resolve("images/part-1.ota").toString();
      try (Background device =
          Background.run("device", "run", "--hub", address, "--insecure", "--image-of", part)) {
        hub.await("(00DB123400000000)");
        assertThat(device.exitCode()).isNotDone();
        return offer(address);
      }
    }
  }

  private static Cli.Run offer(String address) {
    return Cli.run(
        "hub",
        "start",
        "--hub",
        address,
        "--insecure",
        "--device",
        "00DB123400000000",
        "--image",
        "part-1.ota");
  }

  @Test
  void theProfileThatWasConsultedOnTakesAnImageInParts() {
    Cli.Run run = start("--profile", "consultation-2018");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void theProfileAsApprovedRefusesIt() {
    Cli.Run run = start("--profile", "secmp0007-2020");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err())
        .contains("is the first of 2 files of one image")
        .contains("hubImageParts");
  }

  @Test
  void whatIsSetGoesBeforeTheProfile() {
    Cli.Run run = start("--profile", "secmp0007-2020", "--set", "hubImageParts=true");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void anUnknownProfileIsNamedWithThoseThatAre() {
    Cli.Run run = Cli.run("hub", "serve", "--profile", "smets1", "--images", "images");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("smets1").contains("consultation-2018, secmp0007-2020");
  }
}
