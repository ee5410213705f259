// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.hanota.device.DeviceType;
import org.hanota.sim.SampleImages;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir Path folder;

  private Path at(String name) {
    return folder.resolve(name);
  }

  private void containsOnly(String... names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder(names);
    }
  }

  @Test
  void whatIsNotCommittedLeavesTheOldFileAndNothingElse() throws IOException {
    Files.writeString(at("a"), "old");
    try (OutputFile out = OutputFile.create(at("a"), Existing.REPLACE)) {
      out.stream().write(new byte[100]);
    }
    assertThat(at("a")).hasContent("old");
    containsOnly("a");
  }

  @Test
  void whatIsCommittedReplacesTheOldFileAndKeepsItsPermissions() throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.writeString(at("a"), "old");
    if (posix) {
      Files.setPosixFilePermissions(at("a"), PosixFilePermissions.fromString("rw-------"));
    }
    OutputFile.write(at("a"), new byte[] {'n', 'e', 'w'}, Existing.REPLACE);
    assertThat(at("a")).hasContent("new");
    if (posix) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(at("a"))))
          .isEqualTo("rw-------");
    }
    containsOnly("a");
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Files.writeString(at("a"), "old");
    Files.createSymbolicLink(at("link"), at("a"));
    OutputFile.write(at("link"), new byte[] {'n', 'e', 'w'}, Existing.REPLACE);
    assertThat(at("link")).isSymbolicLink();
    assertThat(at("a")).hasContent("new");
  }

  private static void needsFullDevice() {
    if (!Files.exists(Path.of("/dev/full"))) {
      Skipped.because("no /dev/full");
    }
  }

  @Test
  void aDeviceThatIsFullIsNamed() throws IOException {
    needsFullDevice();
    Path image =
        Files.write(
            at("a.ota"), SampleImages.plan(1, "ihd", DeviceType.IHD, 2_000).image().toByteArray());
    Cli.Run run = Cli.run("image", "extract", "--whole", "-o", "/dev/full", image.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).isEqualToIgnoringNewLines("hanota: /dev/full: No space left on device");
  }

  @Test
  void aTraceThatCannotBeWrittenEndsInOneLine() {
    needsFullDevice();
    Cli.Run run = Cli.run("simulate", "home", "--devices", "ihd", "--trace", "/dev/full");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).isEqualToIgnoringNewLines("hanota: /dev/full: No space left on device");
  }

  @Test
  void aFileWhereAFolderIsWantedIsNamedBeforeAnythingIsDone() throws IOException {
    Path image =
        Files.write(
            at("a.ota"), SampleImages.plan(1, "ihd", DeviceType.IHD, 2_000).image().toByteArray());
    String file = Files.writeString(at("file"), "a file").toString();
    String[][] commands = {
      {"simulate", "home", "--bank-dir", file},
      {"image", "split", "-o", file, image.toString()},
      {"pki", "init", "--dir", file},
      {"device", "run", "--insecure", "--image-of", image.toString(), "--bank-dir", file},
    };
    for (String[] command : commands) {
      Cli.Run run = Cli.run(command);
      assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(run.err())
          .isEqualToIgnoringNewLines("hanota: " + file + ": is a file, a folder is wanted");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void keysThatAreThereAreReplacedOnlyByForce() throws IOException {
    String name = at("supplier").toString();
    assertThat(Cli.run("image", "keygen", "--suite", "p256", "-o", name).exitCode()).isZero();
    byte[] key = Files.readAllBytes(at("supplier.key"));
    Cli.Run again = Cli.run("image", "keygen", "--suite", "p256", "-o", name);
    assertThat(again.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(again.err()).contains("supplier.key: is there already", "--force").hasLineCount(1);
    assertThat(at("supplier.key")).hasBinaryContent(key);
    assertThat(Cli.run("image", "keygen", "--suite", "p256", "-o", name, "--force").exitCode())
        .isZero();
    assertThat(Files.readAllBytes(at("supplier.key"))).isNotEqualTo(key);
  }

  @Test
  void whatAnotherProgramWroteMeanwhileIsKept() throws IOException {
    try (OutputFile out = OutputFile.create(at("a"), Existing.KEEP)) {
      out.stream().write(new byte[100]);
      Files.writeString(at("a"), "of another");
      assertThatThrownBy(out::commit)
          .isInstanceOf(CommandFailed.class)
          .hasMessage(
              at("a") + ": is there already; name another file, or replace it with --force");
    }
    assertThat(at("a")).hasContent("of another");
    containsOnly("a");
  }

  @Test
  void aFileThatWasNotThereIsThereWholeOnceItIsCommitted() throws IOException {
    OutputFile.write(at("a"), new byte[] {'n', 'e', 'w'}, Existing.KEEP);
    assertThat(at("a")).hasContent("new");
    containsOnly("a");
  }
}
