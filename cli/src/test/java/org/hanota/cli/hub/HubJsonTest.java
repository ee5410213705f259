// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Octets;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.device.DeviceType;
import org.hanota.sim.SampleImages;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of a hub tell programs, against the schemas that are published. */
@Timeout(180)
class HubJsonTest {
  private static final String DEVICE = "00DB123400000000";

  private final Path folder;
  private final Octets image = SampleImages.plan(1, "ppmid", DeviceType.PPMID).image();
  private final Path file;
  private final Path options;

  HubJsonTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Path images = Files.createDirectory(folder.resolve("images"));
    this.file = Files.write(images.resolve("ppmid.ota"), image.toByteArray());
    Files.writeString(images.resolve("notes.txt"), "no image");
    this.options =
        Files.writeString(
            folder.resolve("hub.conf"),
            """
            # A hub for a test.
            --images=%s
            --listen=localhost:0
            --insecure
            --json
            """
                .formatted(images));
  }

  private static JsonSchema schema(String name) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(Shared.root().resolve("docs/schema").resolve(name)));
  }

  private static void allFit(String name, List<JsonNode> lines) throws IOException {
    JsonSchema schema = schema(name);
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(schema.validate(line)).as("%s", line).isEmpty());
  }

  private static List<JsonNode> lines(Cli.Run run) throws IOException {
    assertThat(run.out()).as(run.err()).isNotEmpty();
    return List.of(new ObjectMapper().readTree(run.out()));
  }

  /** A file for a PPMID carries no mark, so the hub has to be told. */
  @Test
  void everyLineOfEveryCommandFitsItsSchema() throws Exception {
    try (Background hub = Background.run("hub", "serve", "@" + options, "--kind", "gb-ppmid")) {
      String at = hub.await("\"address\":\"[^\"]*(?=:\\d+\"):(\\d+)\"");
      String address = "localhost:" + at;
      try (Background watch =
          Background.run("hub", "watch", "--hub", address, "--insecure", "--json")) {
        Cli.Run devices =
            Cli.run(
                "device",
                "run",
                "--hub",
                address,
                "--insecure",
                "--count",
                "2",
                "--image-of",
                file.toString(),
                "--bank-dir",
                folder.resolve("banks").toString(),
                "--until-updated",
                "--json");
        assertThat(devices.exitCode()).as(devices.out() + devices.err()).isZero();
        allFit("hub-serve.json", devices.out().lines().map(HubJsonTest::read).toList());
        assertThat(Files.readAllBytes(folder.resolve("banks/" + DEVICE + ".ota")))
            .isEqualTo(image.toByteArray());
        allFit("hub-status.json", lines(steer(address, "status")));
        watch.await("\"event\":\"confirmed\"");
        allFit("hub-serve.json", watch.json());
      }
      for (String act : List.of("pause", "resume", "abort")) {
        Cli.Run run = steer(address, act, "--device", DEVICE);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.WRONG);
        allFit("hub-answer.json", lines(run));
        assertThat(lines(run).get(0).get("reason").asText())
            .as("the update is over")
            .contains(DEVICE, "confirmed");
      }
      List<String> images = new ArrayList<>();
      for (String act : List.of("pause", "resume", "abort", "abort")) {
        Cli.Run run = steer(address, act, "--image", "ppmid.ota");
        allFit("hub-answer.json", lines(run));
        allFit("hub-status.json", lines(steer(address, "status")));
        images.add(
            run.exitCode()
                + lines(steer(address, "status")).get(0).at("/images/0/order/kind").asText());
      }
      assertThat(images)
          .as("the second abort is refused")
          .containsExactly("0paused", "0", "0aborted", "1aborted");
      Cli.Run start = steer(address, "start", "--device", DEVICE, "--image", "ppmid.ota");
      assertThat(start.exitCode()).isEqualTo(ExitCode.WRONG);
      allFit("hub-answer.json", lines(start));
      assertThat(lines(start).get(0).get("reason").asText()).isNotEmpty();
      allFit("hub-serve.json", hub.json());
      assertThat(hub.json())
          .extracting(line -> line.get("event").asText())
          .contains("warning", "serving", "listening", "started", "transferring", "confirmed");
    }
  }

  private static JsonNode read(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException fault) {
      throw new AssertionError(line, fault);
    }
  }

  private static Cli.Run steer(String address, String... arguments) {
    String[] all = new String[arguments.length + 5];
    all[0] = "hub";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    System.arraycopy(
        new String[] {"--hub", address, "--insecure", "--json"}, 0, all, arguments.length + 1, 4);
    return Cli.run(all);
  }

  @Test
  void withoutTheKindAFileThatCarriesNoMarkIsPassedOver() throws Exception {
    try (Background hub = Background.run("hub", "serve", "@" + options)) {
      hub.await("\"event\":\"serving\".*\"images\":0");
      assertThat(hub.printed()).contains("passed over", "ppmid.ota");
    }
  }

  @Test
  void anOptionFileThatIsNotThereIsNamed() {
    Cli.Run run = Cli.run("hub", "serve", "@" + folder.resolve("nowhere.conf"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("nowhere.conf: no such file or folder; options are read from that file");
  }

  @Test
  void aHubThatIsNotThereIsNamedWithoutInternals() {
    Cli.Run run = Cli.run("hub", "status", "--hub", "localhost:1", "--insecure");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "hanota: hub localhost:1: nothing answers there; is a hub serving at this address?");
  }

  @Test
  void wrongNumbersOfDevicesAreWrongUse() {
    for (String option : List.of("--count=0", "--streams=0", "--query-interval=0", "--first=zz")) {
      Cli.Run run = Cli.run("device", "run", "--insecure", "--image-of", file.toString(), option);
      assertThat(run.exitCode()).as(option).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains(option.substring(0, option.indexOf('=')));
    }
    for (String option : List.of("--devices=0", "--days=0", "--first=zz", "--hub-eui64=1")) {
      Path pki = folder.resolve("pki");
      Cli.Run run = Cli.run("pki", "init", "--dir", pki.toString(), option);
      assertThat(run.exitCode()).as(option).isEqualTo(ExitCode.USAGE);
      assertThat(pki).as("nothing half written").doesNotExist();
    }
  }
}
