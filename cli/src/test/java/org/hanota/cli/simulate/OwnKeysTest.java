// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One's own signed image is verified by one's own key. */
class OwnKeysTest {
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");

  @TempDir Path folder;
  private Path firmware = Path.of("");
  private Path keys = Path.of("");
  private String supplier = "";
  private String other = "";

  @BeforeEach
  void makeKeys() throws Exception {
    firmware = Files.write(folder.resolve("fw.bin"), new byte[3_000]);
    keys = Files.createDirectories(folder.resolve("keys"));
    TestPki pki = TestPki.ofSeed(7);
    Credentials credentials = pki.organisation(SUPPLIER, RemotePartyRole.SUPPLIER);
    PemFolder.write(keys, credentials, true);
    PemFolder.write(keys, pki.device(new Eui64(0x00DB123456789100L)), false);
    supplier = keys.resolve("90b3d51f30010000-ds.pem").toString();
    P256PrivateKey stranger = P256PrivateKey.fromSeed(Octets.fromHex("05"));
    other =
        Files.writeString(folder.resolve("other.pem"), KeyPem.text(stranger.publicKey()))
            .toString();
  }

  private String image(String kind, String option) {
    String file = folder.resolve(kind + ".ota").toString();
    Cli.Run run =
        Cli.run(
            "image",
            "create",
            "--kind",
            kind,
            "--manufacturer-code",
            "0x1234",
            "--image-type",
            "1",
            "--file-version",
            "2",
            "--hardware",
            "1-2",
            option,
            keys.resolve("90b3d51f30010000-ds.key").toString(),
            "-o",
            file,
            firmware.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    return file;
  }

  private static Cli.Run simulate(String image, String... more) {
    Stream<String> fixed = Stream.of("simulate", "home", "--image", image);
    return Cli.run(Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void aSuppliersImageIsCheckedByTheSuppliersKey() {
    String image = image("gb-meter", "--key");
    for (List<String> key :
        List.of(List.of("--supplier", supplier), List.of("--keystore", keys.toString()))) {
      Cli.Run right = simulate(image, "--devices", "hcalcs", key.get(0), key.get(1));
      assertThat(right.exitCode()).as(right.err() + right.out()).isZero();
      assertThat(right.out()).contains("verified by authorisingSignature");
    }
    Cli.Run wrong = simulate(image, "--devices", "hcalcs", "--supplier", other);
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(wrong.out()).contains("INVALID_IMAGE");
  }

  @Test
  void aMakersImageIsCheckedByTheMakersKey() {
    String image = image("zigbee", "--manufacturer-key");
    Cli.Run right = simulate(image, "--devices", "ihd", "--manufacturer-key", supplier);
    assertThat(right.exitCode()).as(right.err() + right.out()).isZero();
    assertThat(right.out()).contains("verified by manufacturer");
    Cli.Run wrong = simulate(image, "--devices", "ihd", "--manufacturer-key", other);
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(wrong.out()).contains("INVALID_IMAGE");
  }

  @Test
  void aScenarioNamesItsKeyAndRefusesAnother() throws Exception {
    Path image = Path.of(image("gb-meter", "--key"));
    Path key = Files.copy(Path.of(supplier), folder.resolve("a key.pem"));
    Cli.Run printed =
        simulate(
            image.toString(),
            "--devices",
            "esme",
            "--supplier",
            key.toString(),
            "--print-scenario");
    assertThat(printed.out()).contains("check: authorising, key: \"" + key + "\"");
    Path scenario = Files.writeString(folder.resolve("home.yaml"), printed.out());
    String[] run = {"simulate", "--scenario", scenario.toString()};
    assertThat(Cli.run(run).exitCode()).isZero();
    assertThat(Cli.run(run).out()).contains("verified by authorisingSignature");
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Shared.root().resolve("docs/schema/scenario.json")));
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    assertThat(schema.validate(yaml.readTree(printed.out()))).isEmpty();
    String mixed = printed.out().replace("check: authorising", "check: integrity-code");
    assertThat(schema.validate(yaml.readTree(mixed))).isNotEmpty();
    Files.copy(Path.of(other), key, StandardCopyOption.REPLACE_EXISTING);
    Cli.Run changed = Cli.run(run);
    assertThat(changed.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(changed.err()).contains("a key.pem", "as the scenario").hasLineCount(1);
    Files.delete(key);
    assertThat(Cli.run(run).err()).contains("a key.pem: no such file").hasLineCount(1);
  }

  @Test
  void aKeyThatChecksNothingIsNeverPassedOver() {
    String zigbee = image("zigbee", "--manufacturer-key");
    assertThat(simulate(zigbee, "--supplier", supplier).err())
        .contains("is a zigbee file, which no supplier signs")
        .contains("--manufacturer-key");
    assertThat(simulate(zigbee, "--manufacturer-key", other, "--ignore-integrity-code", "x").err())
        .contains("--ignore-integrity-code is given, allowed only where no key is named");
    Cli.Run samples = Cli.run("simulate", "home", "--supplier", supplier);
    assertThat(samples.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(samples.err()).contains("allowed only with --image");
    assertThat(simulate(zigbee, "--manufacturer-key", folder.resolve("no.pem").toString()).err())
        .contains("no.pem: no such file");
  }

  @Test
  void aDeviceThatRunsChecksByTheKeyToo() throws Exception {
    String image = image("zigbee", "--manufacturer-key");
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.copy(Path.of(image), images.resolve("a.ota"));
    try (Background hub =
        Background.run(
            "hub",
            "serve",
            "--images",
            images.toString(),
            "--insecure",
            "--listen",
            "localhost:0")) {
      String at = "localhost:" + hub.await("devices and operators at .*:(\\d+)");
      String[] fixed = {
        "device",
        "run",
        "--hub",
        at,
        "--insecure",
        "--image-of",
        image,
        "--until-updated",
        "--manufacturer-key"
      };
      Cli.Run wrong =
          Cli.run(Stream.concat(Stream.of(fixed), Stream.of(other)).toArray(String[]::new));
      assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(wrong.out()).contains("INVALID_IMAGE");
      String[] right =
          Stream.concat(Stream.of(fixed), Stream.of(supplier, "--first", "00DB12340000AA00"))
              .toArray(String[]::new);
      Cli.Run updated = Cli.run(right);
      assertThat(updated.exitCode()).as(updated.out() + updated.err()).isZero();
      assertThat(updated.out()).contains("checked by manufacturer with " + supplier);
    }
  }

  @Test
  void theMessagesOfARunAreFilesThatGbcsReads() throws Exception {
    Path messages = folder.resolve("messages");
    String[] call = {"simulate", "home", "--devices", "hcalcs", "--messages", messages.toString()};
    assertThat(Cli.run(call).exitCode()).isZero();
    List<String> files;
    try (Stream<Path> list = Files.list(messages)) {
      files = list.map(Path::toString).filter(file -> file.endsWith(".HEX")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    assertThat(files.get(0)).endsWith(".HEX").contains("/0001-");
    assertThat(String.join(" ", files)).contains("FDRA-alert", "CS06-command");
    String[] inspect =
        Stream.concat(Stream.of("gbcs", "inspect"), files.stream()).toArray(String[]::new);
    Cli.Run read = Cli.run(inspect);
    assertThat(read.exitCode()).as(read.err()).isZero();
    assertThat(Cli.run(call).err()).contains("0001-").contains("--force");
    String[] again = Stream.concat(Stream.of(call), Stream.of("--force")).toArray(String[]::new);
    assertThat(Cli.run(again).exitCode()).isZero();
  }
}
