// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GbcsCommandTest {
  private static final String HASH = "ab".repeat(32);
  private static final String DEVICE = "00DB1234567890A0";
  private static final String SUPPLIER = "90B3D51F30010000";
  private static final String BROKER = "90B3D51F30000002";

  @TempDir Path folder;
  private Path keys = Path.of("");

  @BeforeEach
  void makeKeys() throws IOException {
    keys = Files.createDirectory(folder.resolve("keys"));
    TestPki pki = TestPki.ofSeed(1);
    PemFolder.write(keys, pki.organisation(Eui64.parse(SUPPLIER), RemotePartyRole.SUPPLIER), true);
    PemFolder.write(
        keys, pki.organisation(Eui64.parse(BROKER), RemotePartyRole.ACCESS_CONTROL_BROKER), true);
    PemFolder.write(keys, pki.device(Eui64.parse(DEVICE)), false);
  }

  @Test
  void aCreatedCommandIsVerifiedAndExplained() throws IOException {
    Path file = save(create().out());
    Cli.Run verified = Cli.run("gbcs", "verify", file.toString(), "--keystore", keys.toString());
    assertThat(verified.exitCode()).as(verified.err()).isEqualTo(ExitCode.DONE);
    assertThat(verified.out())
        .isEqualTo(
            file + ": command CS06, signature verified, mac verified" + System.lineSeparator());
    Cli.Run inspected = Cli.run("gbcs", "inspect", file.toString());
    assertThat(inspected.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(inspected.out())
        .contains("command 0012, CS06 Activate Firmware")
        .contains("manufacturerImageHash")
        .contains(HASH)
        .contains("signature keyMissing")
        .contains("mac       keyMissing");
  }

  @Test
  void aMessageOfAnUnknownUseCaseIsShownByItsEnvelopeAndItsProtectionIsChecked()
      throws IOException {
    Path file = save(create().out().replaceFirst("(?i)020012", "020FFE"));
    Cli.Run inspected = Cli.run("gbcs", "inspect", file.toString());
    assertThat(inspected.exitCode()).as(inspected.err()).isEqualTo(ExitCode.DONE);
    assertThat(inspected.out())
        .contains("command 0FFE, a use case that is not known here")
        .contains("recipient", DEVICE, "payload");
    Cli.Run verified =
        Cli.run("gbcs", "verify", "--json", file.toString(), "--keystore", keys.toString());
    assertThat(verified.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(verified.out())
        .contains("\"signature\" : \"failed\"", "\"mac\" : \"failed\"")
        .contains("\"useCase\" : null", "\"type\" : \"unknown\"");
  }

  @Test
  void theSameWordsGiveTheSameOctets() {
    assertThat(create().out()).isEqualTo(create().out());
  }

  @Test
  void theJsonHasTheFieldsOfItsSchema() throws IOException {
    Path file = save(create("--at", "2030-01-15T09:00:00Z").out());
    JsonNode json = json("inspect", file);
    JsonNode schema =
        new ObjectMapper()
            .readTree(Shared.root().resolve("docs/schema/gbcs-inspect.json").toFile());
    List<String> required = new ArrayList<>();
    schema.at("/$defs/message/required").forEach(name -> required.add(name.asText()));
    List<String> found = new ArrayList<>();
    json.get(0).fieldNames().forEachRemaining(found::add);
    assertThat(found).isEqualTo(required);
    assertThat(json.get(0).get("kind").asText()).isEqualTo("command");
    assertThat(json.get(0).get("messageCode").asText()).isEqualTo("0012");
    assertThat(json.get(0).get("originator").asText()).isEqualTo(SUPPLIER);
    assertThat(json.get(0).get("originatorCounter").asLong()).isEqualTo(1000);
    assertThat(json.get(0).get("supplementary").isNull()).isTrue();
    JsonNode payload = json.get(0).get("payload");
    assertThat(payload.get("manufacturerImageHash").asText()).isEqualTo(HASH);
    assertThat(payload.get("activation").asText()).isEqualTo("2030-01-15T09:00:00Z");
    assertThat(json.get(0).get("signature").asText()).isEqualTo("verified");
    assertThat(json.get(0).get("mac").asText()).isEqualTo("verified");
  }

  @Test
  void aChangedCommandEndsVerifyWithOneAndInspectWithZero() throws IOException {
    String hex = create().out().strip();
    Path file = save(hex.substring(0, hex.length() - 1) + (hex.endsWith("0") ? "1" : "0"));
    Cli.Run verified = Cli.run("gbcs", "verify", file.toString(), "--keystore", keys.toString());
    assertThat(verified.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(verified.out()).contains("mac failed");
    assertThat(Cli.run("gbcs", "inspect", file.toString()).exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aFileThatIsNoMessageIsRefusedInOneLineAndTheOthersAreStillRead() throws IOException {
    Path good = save(create().out());
    Path bad = Files.writeString(folder.resolve("bad.HEX"), "DF0904");
    Cli.Run run = Cli.run("gbcs", "inspect", bad.toString(), good.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err().lines())
        .containsExactly(
            "hanota: "
                + bad
                + ": CRA flag at offset 2: found 04, allowed 01 command, 02 response, 03 alert");
    assertThat(run.out()).contains("Activate Firmware");
    Cli.Run missing = Cli.run("gbcs", "inspect", folder.resolve("none").toString());
    assertThat(missing.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(missing.err())
        .isEqualTo("hanota: " + folder.resolve("none") + ": no such file" + System.lineSeparator());
    Path both = Files.createDirectories(folder.resolve("both"));
    Path stillBad = Files.move(bad, both.resolve("bad.HEX"));
    Files.move(good, both.resolve("good.HEX"));
    Cli.Run ofFolder = Cli.run("gbcs", "inspect", both.toString());
    assertThat(ofFolder.err().lines()).singleElement().asString().contains(stillBad.toString());
    assertThat(ofFolder.out()).contains("Activate Firmware");
  }

  @Test
  void ofABrokenMessageTheFieldsBeforeTheFaultAreExplained() throws IOException {
    String hex = create().out().strip();
    Path cut = save(hex.substring(0, 120));
    Cli.Run run = Cli.run("gbcs", "inspect", cut.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.out()).contains("no message; these fields stand before the fault");
    assertThat(run.err()).contains("MAC header length at offset 7: found length 156");
  }

  @Test
  void aCommandThatLacksItsSignatureDoesNotHold() throws IOException {
    TestPki pki = TestPki.ofSeed(1);
    Credentials broker =
        pki.organisation(Eui64.parse(BROKER), RemotePartyRole.ACCESS_CONTROL_BROKER);
    GroupingHeader header =
        GroupingHeader.command(MessageCode.CS06, 1, Eui64.parse(SUPPLIER), Eui64.parse(DEVICE));
    Message unsigned =
        Message.of(
                header,
                new ActivateFirmware.Command(
                    Octets.fromHex(HASH), 1, new ActivateFirmware.Activation.Now()))
            .addMac(
                broker.keyAgreementKey(),
                pki.device(Eui64.parse(DEVICE)).keyAgreement().publicKey());
    Path file = save(unsigned.octets().toHex());
    Cli.Run run = Cli.run("gbcs", "verify", file.toString(), "--keystore", keys.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.out())
        .contains("signature absent, mac verified, but it must have what is absent");
  }

  @Test
  void thePassPhraseComesFromAFile() throws IOException {
    Path passPhrase = Files.writeString(folder.resolve("pass"), "not needed\n");
    assertThat(create("--pass-file", passPhrase.toString()).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(create("--pass-file", folder.resolve("none").toString()).err())
        .contains("no such file");
  }

  @Test
  void withoutTheBrokersKeyASignedPreCommandIsWrittenAndItSaysSo() throws IOException {
    Files.delete(keys.resolve("90b3d51f30000002-ka.key"));
    Cli.Run run = create("--cancel");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).contains("a signed pre-command").contains("broker's key agreement key");
    JsonNode json = json("inspect", save(run.out()));
    assertThat(json.get(0).get("kind").asText()).isEqualTo("preCommand");
    assertThat(json.get(0).get("signature").asText()).isEqualTo("verified");
    assertThat(json.get(0).get("mac").asText()).isEqualTo("absent");
    assertThat(json.get(0).at("/payload/activation").asText()).isEqualTo("cancel");
  }

  @Test
  void wrongUseEndsWithTwoAndSaysWhatIsAllowed() {
    Cli.Run hash = Cli.run("gbcs", "create", "cs06", "--hash", "abcd");
    assertThat(hash.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(hash.err()).contains("found 2 octets, allowed 32");
    assertThat(create("--at", "soon").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(create("--cancel", "--at", "2030-01-15T09:00:00Z").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(Cli.run("gbcs", "verify", "x").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aMessageIsReadHoweverPeopleSavedItsDigits() throws IOException {
    String hex = create().out().strip();
    byte[] octets = Octets.fromHex(hex).toByteArray();
    List<byte[]> forms =
        List.of(
            ("\uFEFF" + hex).getBytes(StandardCharsets.UTF_8),
            ("\uFEFF" + hex + "\r\n").getBytes(StandardCharsets.UTF_16LE),
            ("\uFEFF" + hex).getBytes(StandardCharsets.UTF_16BE),
            ("\"" + hex + "\"\r\n").getBytes(StandardCharsets.US_ASCII),
            Base64.getEncoder().encode(octets),
            Base64.getMimeEncoder().encode(octets));
    for (byte[] form : forms) {
      Path file = Files.write(folder.resolve("saved.txt"), form);
      Cli.Run run = Cli.run("gbcs", "verify", file.toString(), "--keystore", keys.toString());
      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    }
    Path file = Files.writeString(folder.resolve("saved.txt"), "no message!");
    Cli.Run run = Cli.run("gbcs", "verify", file.toString(), "--keystore", keys.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("saved.txt").hasLineCount(1);
  }

  @Test
  void aTimeThatIsPastTakesAWordMore() {
    Cli.Run past = create("--at", "2001-01-15T09:00:00Z");
    assertThat(past.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(past.err()).contains("--at is 2001-01-15T09:00:00Z, which is past").hasLineCount(1);
    assertThat(create("--at", "2001-01-15T09:00:00Z", "--allow-past").exitCode())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void aSupplierWithoutKeyCannotSign() {
    Cli.Run run =
        Cli.run(
            "gbcs",
            "create",
            "cs06",
            "--hash",
            HASH,
            "--device",
            DEVICE,
            "--counter",
            "1",
            "--keystore",
            keys.toString(),
            "--originator",
            "90B3D51F30020000");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("found no private key of 90B3D51F30020000");
  }

  @Test
  void createPrintsJsonWithTheOctets() throws IOException {
    JsonNode json = new ObjectMapper().readTree(create("--json").out());
    assertThat(json.get("mac").asText()).isEqualTo("verified");
    assertThat(Octets.fromHex(json.get("octets").asText()).toHex())
        .isEqualTo(create().out().strip().toLowerCase(java.util.Locale.ROOT));
  }

  @Test
  void everyReferenceMessageHolds() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("gbcs", "verify", "--json", "--keystore"));
    arguments.add(Shared.require("vectors/rtds/keystore").toString());
    try (Stream<Path> files = Files.walk(Shared.require("vectors/rtds"))) {
      files
          .filter(file -> file.toString().endsWith(".HEX"))
          .sorted()
          .forEach(file -> arguments.add(file.toString()));
    }
    Cli.Run run = Cli.run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json).hasSize(57);
    assertThat(count(json, "signature")).isEqualTo(24);
    assertThat(count(json, "mac")).isEqualTo(37);
  }

  private static long count(JsonNode json, String field) {
    long verified = 0;
    for (JsonNode message : json) {
      verified += message.get(field).asText().equals("verified") ? 1 : 0;
    }
    return verified;
  }

  private Cli.Run create(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "gbcs",
                "create",
                "cs06",
                "--hash",
                HASH,
                "--device",
                DEVICE,
                "--counter",
                "1000",
                "--keystore",
                keys.toString(),
                "--originator",
                SUPPLIER));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private JsonNode json(String command, Path file) throws IOException {
    Cli.Run run =
        Cli.run("gbcs", command, file.toString(), "--json", "--keystore", keys.toString());
    return new ObjectMapper().readTree(run.out());
  }

  private Path save(String hex) throws IOException {
    return Files.writeString(folder.resolve("message.HEX"), hex);
  }
}
