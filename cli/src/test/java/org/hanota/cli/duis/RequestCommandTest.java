// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.duis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SmallImage;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.pem.PemFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code duis request} refuses it says in a line, and writes nothing then. */
class RequestCommandTest {
  private static final String DEVICE = "00DB123400000000";

  @TempDir private Path folder;

  @BeforeEach
  void makeKeysAndAnImage() throws IOException {
    Path keys = Files.createDirectory(folder.resolve("keys"));
    PemFolder.write(
        keys,
        TestPki.ofSeed(16)
            .organisation(Eui64.parse("90B3D51F30010000"), RemotePartyRole.USER_XML_SIGN),
        true);
    Files.write(folder.resolve("image.ota"), SmallImage.of(200).toByteArray());
    Files.createDirectory(folder.resolve("a folder"));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private Cli.Run request(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("duis", "request", "--xml-keys", at("keys"), "--device", DEVICE, "-o", out));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private void assertRefused(int code, String line, String... more) {
    Cli.Run run = request(at("request.xml"), more);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
    assertThat(run.err()).contains(line).hasLineCount(1);
    assertThat(folder.resolve("request.xml")).doesNotExist();
  }

  @Test
  void whatIsRightIsWritten() {
    Cli.Run run = request(at("request.xml"), "--service", "11.1", "--image", at("image.ota"));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("for /api/v1/serviceD");
    assertThat(folder.resolve("request.xml")).isNotEmptyFile();
  }

  @Test
  void aFolderForAnImageIsNamed() {
    assertRefused(
        ExitCode.WRONG,
        at("a folder") + ": is a folder, a file is wanted",
        "--service",
        "11.1",
        "--image",
        at("a folder"));
  }

  @Test
  void anImageThatIsAboutNothingIsNotLeftOutInSilence() {
    assertRefused(
        ExitCode.USAGE,
        "--image is given, allowed only with 11.1, 11.3 and 11.4",
        "--service",
        "11.2",
        "--image",
        at("image.ota"));
  }

  /** The last of these is the time that takes an activation back. */
  @ParameterizedTest
  @ValueSource(strings = {"1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "3000-12-31T00:00:00Z"})
  void aTimeThatMeansSomethingElseIsRefused(String time) {
    assertRefused(
        ExitCode.USAGE,
        "--at is " + time + ", allowed from 1970-01-01T00:00:00Z to before 3000-12-31T00:00:00Z",
        "--service",
        "11.3",
        "--image",
        at("image.ota"),
        "--at",
        time);
  }

  @ParameterizedTest
  @CsvSource({"none/request.xml,none: no such file or folder", "image.ota/x.xml,image.ota: is no"})
  void aFolderThatIsNotThereIsNamedAndNoFileBesideIt(String out, String line) {
    Cli.Run run = request(at(out), "--service", "11.2");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains(at("") + "/" + line).hasLineCount(1);
  }
}
