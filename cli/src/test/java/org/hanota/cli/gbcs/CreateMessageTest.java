// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
import org.hanota.gbcs.payload.CraFlag;
import org.hanota.gbcs.payload.JoinDevice;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.UnjoinDevice;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateMessageTest {
  private static final Path VECTORS = Shared.root().resolve("docs/vectors/gbcs");
  private static final Eui64 BROKER = Eui64.parse("90B3D51F30000002");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 DEVICE = Eui64.parse("00DB1234567890A0");

  @TempDir Path folder;

  private Cli.Run create(Path keys, GroupingHeader header, Octets payload) throws IOException {
    Path file = Files.writeString(folder.resolve("payload.HEX"), payload.toHex());
    List<String> arguments =
        new ArrayList<>(List.of("gbcs", "create", "message", "--keystore", keys.toString()));
    arguments.addAll(List.of("--code", header.messageCode().toString()));
    arguments.addAll(List.of("--flag", header.craFlag().officialName()));
    arguments.addAll(List.of("--counter", "" + header.originatorCounter()));
    arguments.addAll(List.of("--originator", header.originator().toString()));
    arguments.addAll(List.of("--recipient", header.recipient().toString()));
    arguments.addAll(List.of("--payload", file.toString()));
    header
        .dateTime()
        .ifPresent(
            time ->
                arguments.addAll(
                    List.of(
                        "--time",
                        Instant.ofEpochMilli(time.utcMillis().orElseThrow()).toString())));
    header
        .supplementary()
        .ifPresent(
            other ->
                arguments.addAll(
                    List.of(
                        "--on-behalf-of",
                        other.remoteParty().toString(),
                        "--on-behalf-counter",
                        "" + other.counter())));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void aMissingPayloadIsNamedWithWhatItIs() {
    Cli.Run run =
        Cli.run(
            "gbcs",
            "create",
            "message",
            "--keystore",
            folder.toString(),
            "--code",
            "0012",
            "--counter",
            "1",
            "--originator",
            SUPPLIER.toString(),
            "--recipient",
            DEVICE.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("--payload FILE is missing: the command of CS06 in hexadecimal")
        .contains("hanota gbcs create cs06 makes it");
  }

  @Test
  void everyOwnVectorIsMadeAgainOctetForOctet() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(VECTORS)) {
      files =
          all.filter(f -> f.toString().endsWith(".HEX") && !f.toString().contains("PRECOMMAND"))
              .sorted()
              .toList();
    }
    assertThat(files).hasSizeGreaterThan(20);
    for (Path file : files) {
      Message message = Message.parse(Octets.fromHex(Files.readString(file).strip()));
      Cli.Run run =
          create(VECTORS.resolve("keystore"), message.header(), message.payload().octets());
      assertThat(run.exitCode()).as(file + ": " + run.err()).isEqualTo(ExitCode.DONE);
      assertThat(Octets.fromHex(run.out().strip())).as(file.toString()).isEqualTo(message.octets());
    }
  }

  @Test
  void everyReferenceMessageIsMadeOfItsPayloadByOtherKeys() throws IOException {
    Path keys = keys();
    List<Octets> all;
    try (Stream<Path> files = Files.walk(Shared.require("vectors/rtds"))) {
      all =
          files
              .filter(f -> f.toString().endsWith("_GBCS.HEX"))
              .sorted()
              .map(CreateMessageTest::octets)
              .toList();
    }
    for (Octets octets : all) {
      Message reference = Message.parse(octets);
      GroupingHeader header = reference.header();
      boolean command = header.craFlag() == CraFlag.COMMAND;
      Eui64 remote = header.messageCode().supplierSigns() ? SUPPLIER : BROKER;
      GroupingHeader ours =
          new GroupingHeader(
              header.craFlag(),
              header.originatorCounter(),
              command ? remote : DEVICE,
              command ? DEVICE : remote,
              header.dateTime(),
              header.messageCode(),
              header.supplementary());
      Cli.Run run = create(keys, ours, reference.payload().octets());
      assertThat(run.exitCode()).as(reference + ": " + run.err()).isEqualTo(ExitCode.DONE);
      Message made = Message.parse(Octets.fromHex(run.out().strip()));
      assertThat(made.header()).isEqualTo(ours);
      assertThat(made.payload()).isEqualTo(reference.payload());
      Path file = Files.writeString(folder.resolve("made.HEX"), run.out());
      Cli.Run verified = Cli.run("gbcs", "verify", file.toString(), "--keystore", keys.toString());
      assertThat(verified.exitCode()).as(verified.out()).isEqualTo(ExitCode.DONE);
    }
  }

  private static Octets octets(Path file) {
    try {
      return Octets.fromHex(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path keys() throws IOException {
    Path keys = Files.createDirectory(folder.resolve("keys"));
    TestPki pki = TestPki.ofSeed(1);
    Credentials broker = pki.organisation(BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER);
    PemFolder.write(keys, broker, true);
    PemFolder.write(keys, pki.organisation(SUPPLIER, RemotePartyRole.SUPPLIER), true);
    PemFolder.write(keys, pki.device(DEVICE), true);
    return keys;
  }

  @Test
  void aCommandThatOnlyReadsNeedsNoPayload() throws IOException {
    for (String code : List.of("0129", "0084", "0059", "0004")) {
      Path keys = folder.resolve("keys");
      if (!Files.exists(keys)) {
        keys();
      }
      Cli.Run run =
          Cli.run(
              "gbcs",
              "create",
              "message",
              "--code",
              code,
              "--counter",
              "7",
              "--originator",
              BROKER.toString(),
              "--recipient",
              DEVICE.toString(),
              "--keystore",
              keys.toString());
      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
      assertThat(Message.parse(Octets.fromHex(run.out().strip())).mac()).isPresent();
    }
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    Path keys = keys();
    GroupingHeader unjoin = GroupingHeader.command(MessageCode.CS04AC, 1, SUPPLIER, DEVICE);
    Octets payload = new UnjoinDevice.Command(DEVICE).octets();
    assertThat(create(keys, unjoin, payload).exitCode()).isEqualTo(ExitCode.DONE);
    Cli.Run other =
        create(keys, unjoin, new JoinDevice.Response(JoinDevice.JoinResponseCode.SUCCESS).octets());
    assertThat(other.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(other.err()).contains("payload.HEX").hasLineCount(1);
    Cli.Run flag =
        Cli.run(
            "gbcs",
            "create",
            "message",
            "--code",
            "000F",
            "--flag",
            "alert",
            "--counter",
            "1",
            "--originator",
            SUPPLIER.toString(),
            "--recipient",
            DEVICE.toString(),
            "--keystore",
            keys.toString());
    assertThat(flag.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(flag.err()).contains("--flag: found alert", "command or response");
    Cli.Run code = Cli.run("gbcs", "create", "message", "--code", "0FFE", "--counter", "1");
    assertThat(code.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(code.err()).contains("found 0FFE", "0129 CS08");
    Files.delete(keys.resolve("90b3d51f30000002-ka.key"));
    Files.delete(keys.resolve("00db1234567890a0-ka.key"));
    Cli.Run lacks = create(keys, unjoin, payload);
    assertThat(lacks.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(lacks.err()).contains("a pre-command without MAC", "lacks the key agreement key");
  }
}
