// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SmallImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub changes nothing that it did not make. */
class ServeFoldersTest {
  @TempDir Path folder;

  private Path images = Path.of("");

  @BeforeEach
  void firmware() throws IOException {
    images = Files.createDirectories(folder.resolve("p/images"));
    Files.write(images.resolve("display.ota"), SmallImage.of(5_000).toByteArray());
    Files.write(images.resolve("display.ota.new"), SmallImage.of(6_000).toByteArray());
    Files.writeString(images.resolve("notes.about"), "not the hub's");
  }

  private Map<String, Octets> files() throws IOException {
    Map<String, Octets> found = new TreeMap<>();
    try (Stream<Path> all = Files.list(images)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(String.valueOf(file.getFileName()), Octets.wrap(Files.readAllBytes(file)));
      }
    }
    return found;
  }

  private Cli.Run serve(Path store) {
    return Cli.run(
        "hub",
        "serve",
        "--images",
        images.toString(),
        "--store",
        store.toString(),
        "--insecure",
        "--listen",
        "localhost:0");
  }

  @Test
  void imagesWithinTheStoreAreRefusedAndNotTouched() throws IOException {
    Map<String, Octets> before = files();
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("p"));
    for (Path store : List.of(folder.resolve("p"), images, link, folder.resolve("p/x/.."))) {
      Cli.Run run = serve(store);
      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains("--images").contains("--store");
      assertThat(files()).isEqualTo(before);
    }
  }

  @Test
  void aStoreThatHasFilesOfSomebodyElseIsRefusedAndNotTouched() throws IOException {
    Path store = folder.resolve("store");
    Path theirs = Files.createDirectories(store.resolve("images")).resolve("meter.ota");
    Files.write(theirs, SmallImage.of(7_000).toByteArray());
    Cli.Run run = serve(store);
    assertThat(run.exitCode()).isNotEqualTo(ExitCode.DONE);
    assertThat(run.err()).contains("meter.ota").contains("leaves it alone");
    assertThat(theirs).hasBinaryContent(SmallImage.of(7_000).toByteArray());
  }

  @Test
  void aFolderThatIsServedIsNotTouched() throws IOException {
    Map<String, Octets> before = files();
    try (Background hub =
        Background.run(
            "hub",
            "serve",
            "--images",
            images.toString(),
            "--insecure",
            "--listen",
            "localhost:0")) {
      assertThat(hub.await("serving (\\d+) image")).isEqualTo("1");
    }
    assertThat(files()).isEqualTo(before);
  }
}
