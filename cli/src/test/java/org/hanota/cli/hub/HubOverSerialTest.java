// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hanota.api.Octets;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SmallImage;
import org.hanota.cli.network.HanotaProcess;
import org.hanota.keys.Sha256;
import org.hanota.testing.Shared;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hub with a stick, which the emulator stands in for. */
@Timeout(180)
class HubOverSerialTest {
  private static final String DEVICE = "00124B0000E31D01";
  private static final String PORT = "\"port\":\"([^\"]*)\"";

  private final Path folder;
  private final Path images;
  private final Path file;
  private Octets image = SmallImage.of(3_062);

  HubOverSerialTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.images = Files.createDirectory(folder.resolve("images"));
    this.file = Files.write(images.resolve("a.ota"), image.toByteArray());
  }

  private Background emulator(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("emulate", "znp", "--json", "--image-of", file.toString(), "--bank-dir"));
    arguments.add(folder.resolve("banks").toString());
    arguments.addAll(List.of(more));
    return Background.run(arguments.toArray(String[]::new));
  }

  private Background ezspEmulator(String version, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("emulate", "ezsp", "--ezsp-version", version, "--json", "--bank-dir"));
    arguments.addAll(List.of(folder.resolve("banks").toString(), "--image-of", file.toString()));
    arguments.addAll(List.of(more));
    return Background.run(arguments.toArray(String[]::new));
  }

  /** Oldest and newest, found by itself and named. */
  @ParameterizedTest
  @CsvSource({"13, auto", "19, ezsp"})
  void aDeviceIsUpdatedThroughAStickOfSiliconLabs(String version, String protocol)
      throws Exception {
    try (Background emulator = ezspEmulator(version, "--listen", "127.0.0.1:0");
        Background hub =
            Background.run(
                serve(
                    emulator.await(PORT),
                    "--protocol",
                    protocol,
                    "--form-network",
                    "15",
                    "--permit-join",
                    "60"))) {
      hub.await("stick runs: EmberZNet [0-9.]+, EZSP " + version + ", network");
      hub.await(DEVICE + ".*confirmed");
      emulator.await("confirmed");
      assertThat(Sha256.of(received()).toHex()).isEqualTo(Sha256.of(image).toHex());
    }
  }

  @Test
  void aStickOfSiliconLabsKeepsTheNetworkThatAnotherProgramFormed() throws Exception {
    try (Background emulator = ezspEmulator("19", "--with-network", "--listen", "127.0.0.1:0");
        Background hub = Background.run(serve(emulator.await(PORT), "--form-network", "20"))) {
      hub.await("network 5A5A on channel 15");
    }
  }

  @Test
  void aStickOfSiliconLabsWithoutANetworkIsRefusedWithTheCure() throws Exception {
    try (Background emulator = ezspEmulator("14", "--listen", "127.0.0.1:0")) {
      Cli.Run run = Cli.run(serve(emulator.await(PORT)));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("has no network", "--form-network CHANNEL");
    }
  }

  @Test
  void aProtocolThatTheStickDoesNotSpeakIsNamed() throws Exception {
    try (Background emulator = ezspEmulator("13", "--listen", "127.0.0.1:0")) {
      Cli.Run run = Cli.run(serve(emulator.await(PORT), "--protocol", "znp"));
      assertThat(run.exitCode()).isEqualTo(1);
    }
    Cli.Run wrong =
        Cli.run(
            "emulate",
            "ezsp",
            "--ezsp-version",
            "15",
            "--listen",
            "127.0.0.1:0",
            "--image-of",
            file.toString());
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("version is 15", "13, 14, 16, 17, 18 and 19");
  }

  private String[] serve(String port, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("hub", "serve", "--images", images.toString(), "--serial", port));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Octets received() throws IOException {
    Path written = folder.resolve("banks").resolve(DEVICE + ".ota");
    return Octets.wrap(Files.readAllBytes(written));
  }

  @Test
  void aDeviceIsUpdatedThroughAStickAndTheHubIsSteeredBesides() throws Exception {
    Path capture = folder.resolve("air.pcapng");
    try (Background emulator = emulator("--listen", "127.0.0.1:0");
        Background hub =
            Background.run(
                serve(
                    emulator.await(PORT),
                    "--form-network",
                    "15",
                    "--permit-join",
                    "60",
                    "--capture",
                    capture.toString(),
                    "--listen",
                    "localhost:0",
                    "--insecure",
                    "--http",
                    "0"))) {
      String control = "localhost:" + hub.await("operators at .*:(\\d+)");
      String page = hub.await("page on (http://localhost:\\d+/)");
      hub.await("network [0-9A-F]{4} on channel 15");
      hub.await(DEVICE + ".*confirmed");
      emulator.await("confirmed");
      assertThat(Sha256.of(received()).toHex()).isEqualTo(Sha256.of(image).toHex());

      Cli.Run status = Cli.run("hub", "status", "--hub", control, "--insecure", "--json");
      assertThat(status.out()).contains("\"phase\":\"confirmed\"", DEVICE, "a.ota");
      Cli.Run abort = Cli.run("hub", "abort", "--hub", control, "--insecure", "--device", DEVICE);
      assertThat(abort.exitCode()).as(abort.out() + abort.err()).isBetween(0, 1);
      assertThat(get(page + "status.json")).contains(DEVICE);
      assertThat(get(page + "metrics"))
          .contains("hanota_stick_running 1.0", "hanota_devices{phase=\"confirmed\"} 1.0");

      try (Background device =
          Background.run(
              "device", "run", "--hub", control, "--insecure", "--image-of", file.toString())) {
        device.await("the devices of this hub are reached by radio");
        hub.await("refused .*: the devices of this hub are reached by radio");
      }
    }
    assertThat(packets(capture)).isGreaterThan(2 * image.length() / 48);
  }

  private static String get(String url) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  /** Enhanced packet blocks of the capture, which must be whole to its end. */
  private static int packets(Path capture) throws IOException {
    Octets octets = Octets.wrap(Files.readAllBytes(capture));
    int packets = 0;
    int position = 0;
    while (position < octets.length()) {
      int length = (int) octets.uint32le(position + 4);
      assertThat(octets.uint32le(position + length - 4)).isEqualTo(length);
      packets += octets.uint32le(position) == 6 ? 1 : 0;
      position += length;
    }
    return packets;
  }

  @Test
  void aDeviceOfAnotherProfileIsNamed() throws Exception {
    try (Background emulator = emulator("--listen", "127.0.0.1:0", "--application-profile", "se");
        Background hub =
            Background.run(
                serve(emulator.await(PORT), "--form-network", "11", "--permit-join", "60"))) {
      hub.await(DEVICE + "  speaks Smart Energy .*\\(--application-profile se\\)");
    }
  }

  @Test
  void aStickWithoutANetworkIsRefusedWithTheCure() throws Exception {
    try (Background emulator = emulator("--listen", "127.0.0.1:0")) {
      Cli.Run run = Cli.run(serve(emulator.await(PORT)));
      assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(run.err()).contains("has no network; form one with --form-network CHANNEL");
    }
  }

  /** A network that is given up is in a file first; nothing but the command for it gives it up. */
  @Test
  void aNetworkThatAnotherProgramFormedIsGivenUpOnlyByTheWordForIt() throws Exception {
    Path backup = folder.resolve("network.json");
    Path options =
        Files.writeString(
            folder.resolve("hub.conf"),
            "--images\n" + images + "\n--form-network\n20\n--permit-join\n60\n");
    try (Background emulator = emulator("--listen", "127.0.0.1:0", "--network", "marked_older")) {
      String port = emulator.await(PORT);
      Cli.Run refused = Cli.run("hub", "serve", "@" + options, "--serial", port);
      assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(refused.err())
          .contains("holds network 5A5A on channel 15 (NIB (0x0021)", "CONFIGURED_OLDER (0x0F00)")
          .contains("hanota serial clear " + port)
          .hasLineCount(1);
      assertThat(Cli.run("serial", "probe", port).out()).contains("which another program formed");

      Cli.Run asked = Cli.run("serial", "clear", port);
      assertThat(asked.exitCode()).isZero();
      assertThat(asked.out()).contains("loses that network", "--backup FILE --network 5A5A");
      Cli.Run other =
          Cli.run("serial", "clear", port, "--network", "1234", "--backup", backup.toString());
      assertThat(other.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(other.err()).contains("--network is 1234").contains("holds network 5A5A");
      assertThat(backup).doesNotExist();
      assertThat(Cli.run("serial", "probe", "--json", port).out()).contains("5A5A");

      Cli.Run cleared =
          Cli.run(
              "serial",
              "clear",
              port,
              "--network",
              "5a5a",
              "--backup",
              backup.toString(),
              "--json");
      assertThat(cleared.exitCode()).as(cleared.err()).isZero();
      JsonNode answer = new ObjectMapper().readTree(cleared.out());
      assertThat(schema("serial-clear.json").validate(answer)).isEmpty();
      assertThat(answer.get("cleared").asBoolean()).isTrue();
      JsonNode kept = new ObjectMapper().readTree(backup.toFile());
      assertThat(kept.at("/metadata/format").asText()).isEqualTo("zigpy/open-coordinator-backup");
      assertThat(kept.at("/network_key/key").asText())
          .isEqualTo("000102030405060708090a0b0c0d0e0f");
      assertThat(kept.at("/pan_id").asText()).isEqualTo("5A5A");
      assertThat(kept.at("/channel").asInt()).isEqualTo(15);
      assertThat(Files.getPosixFilePermissions(backup))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      assertThat(cleared.out() + refused.err() + asked.out())
          .doesNotContain("000102030405060708090a0b0c0d0e0f");

      try (Background hub = Background.run("hub", "serve", "@" + options, "--serial", port)) {
        hub.await("serving 1 image by radio");
        hub.await("confirmed");
      }
    }
  }

  private static JsonSchema schema(String name) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(Shared.root().resolve("docs/schema").resolve(name)));
  }

  /** It is not said to serve, and does not try for ever. */
  @Test
  void aChosenPanIdThatANetworkNearbyHasEndsTheHubWithTheCure() throws Exception {
    try (Background emulator = emulator("--listen", "127.0.0.1:0", "--neighbour", "1234")) {
      String port = emulator.await(PORT);
      Cli.Run run = Cli.run(serve(port, "--form-network", "15", "--pan-id", "1234"));
      assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(run.out() + run.err())
          .contains("a network nearby has the PAN id 1234 already; choose another one")
          .doesNotContain("serving 1 image");
      try (Background hub =
          Background.run(serve(port, "--form-network", "15", "--pan-id", "4321"))) {
        hub.await("network 4321 on channel 15");
        hub.await("serving 1 image by radio");
      }
    }
  }

  /** As sticks in the network do while another program is connected. */
  @Test
  void aStickThatClosesTheConnectionAtOnceIsTriedAgainAndTheReasonIsSaid() throws Exception {
    try (Background emulator = emulator("--listen", "127.0.0.1:0", "--network", "marked");
        ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String behind = emulator.await(PORT);
      int port = Integer.parseInt(behind.substring(behind.lastIndexOf(':') + 1));
      Thread guard = new Thread(() -> letInAfterwards(door, 2, port), "guard");
      guard.setDaemon(true);
      guard.start();
      for (String scheme : List.of("socket://", "")) {
        Cli.Run run = Cli.run("serial", "probe", scheme + "127.0.0.1:" + door.getLocalPort());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("has network 5A5A on channel 15");
        if (!scheme.isEmpty()) {
          assertThat(run.err())
              .contains("closed the connection at once: another program may be connected")
              .contains("tried again for a minute")
              .hasLineCount(1);
        }
      }
    }
  }

  /** Closes the first connections at once, then joins each with what stands behind the door. */
  private static void letInAfterwards(ServerSocket door, int refused, int port) {
    try {
      for (int i = 0; i < refused; i++) {
        Socket turnedAway = door.accept();
        // Every other one with a reset, as some converters do.
        turnedAway.setSoLinger(i % 2 == 0, 0);
        turnedAway.close();
      }
      while (true) {
        Socket outside = door.accept();
        Socket inside = new Socket(InetAddress.getLoopbackAddress(), port);
        for (Socket[] way : new Socket[][] {{outside, inside}, {inside, outside}}) {
          Thread copy = new Thread(() -> copy(way[0], way[1]), "copy");
          copy.setDaemon(true);
          copy.start();
        }
      }
    } catch (IOException ended) {
      assertThat(door.isClosed()).as(ended.toString()).isTrue();
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // One of the two is closed, and so the other is.
    }
  }

  @Test
  void aNameThatDoesNotResolveIsSaidToBeUnknown() {
    Cli.Run run = Cli.run("serial", "probe", "no-such-stick.invalid:6638");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err())
        .contains("no host is known by the name \"no-such-stick.invalid\"")
        .hasLineCount(1);
  }

  @Test
  void aPortThatIsNotThereIsNamed() {
    Cli.Run run = Cli.run(serve("/no/such/stick"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).startsWith("hanota: /no/such/stick: ").hasLineCount(1);
  }

  @Test
  void optionsThatFitNoStickOrNoRangeAreWrongUse() {
    wrongUse("allowed host:port", serve("tcp://nowhere"));
    wrongUse("allowed 11 to 26", serve("/dev/null", "--form-network", "27"));
    wrongUse("allowed 0 to 254", serve("/dev/null", "--permit-join", "255"));
    wrongUse("allowed only with --form-network", serve("/dev/null", "--pan-id", "1234"));
    wrongUse(
        "allowed 0000 to FFFE", serve("/dev/null", "--form-network", "15", "--pan-id", "ffff"));
    wrongUse("allowed only together", "serial", "clear", "/dev/null", "--network", "1234");
    wrongUse("the stick has its own", serve("/dev/null", "--eui64", DEVICE));
    wrongUse("only with --serial", "hub", "serve", "--images", ".", "--capture", "x");
    wrongUse("only with --serial", "hub", "serve", "--images", ".", "--application-profile", "se");
    wrongUse("allowed 1 and more", "hub", "serve", "--images", ".", "--concurrent", "0");
    wrongUse("allowed zigbee", "hub", "serve", "--images", ".", "--kind", "bin");
  }

  private static void wrongUse(String cure, String... arguments) {
    Cli.Run run = Cli.run(arguments);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(cure);
  }

  @Test
  void aKeyThatIsNoKeyIsNamedByItsLineAndNotShown() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), "# keys\n" + DEVICE + " 00112233\n");
    Cli.Run run = Cli.run(serve("/no/such/stick", "--link-keys", keys.toString()));
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("keys, line 2", "of 8 digits").doesNotContain("00112233");
  }

  @Test
  void anInstallCodeWithAnotherCrcIsNamedByItsLineAndNotShown() throws Exception {
    String code = "83fed3407a939723a5c639b26916d505c3b6";
    Path keys = Files.writeString(folder.resolve("keys"), "# keys\n" + DEVICE + " " + code + "\n");
    Cli.Run run = Cli.run(serve("/no/such/stick", "--link-keys", keys.toString()));
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("keys, line 2", "CRC", "read it again").doesNotContain(code);
  }

  /** The hub as a process of its own on a cable that is pulled out, then told to terminate. */
  @Test
  @Tag("soak")
  void aTransferGoesOnAfterTheStickWasPulledOutAndTheHubEndsCleanly() throws Exception {
    image = SmallImage.of(24_062);
    Files.write(file, image.toByteArray());
    Path stick = folder.resolve("stick");
    Path host = folder.resolve("host");
    Process cable = socat(stick, host);
    Path log = folder.resolve("hub.log");
    try (Background emulator = emulator("--pty", stick.toString())) {
      emulator.await(PORT);
      Process hub =
          child(log, serve(host.toString(), "--form-network", "20", "--permit-join", "60"));
      try {
        awaitThat("the transfer", () -> emulator.printed().contains("\"fileOffset\":9"));
        cable.destroyForcibly().waitFor();
        Files.deleteIfExists(stick);
        Files.deleteIfExists(host);
        awaitThat("the loss", () -> read(log).contains("tried again until it is back"));
        assertThat(emulator.printed()).doesNotContain("confirmed");
        cable = socat(stick, host);
        awaitThat("the update", () -> emulator.printed().contains("confirmed"));
        awaitThat("the end", () -> read(log).contains("confirmed"));
        assertThat(received()).isEqualTo(image);
        assertThat(read(log).split("stick runs:", -1)).hasSize(3);
        hub.destroy();
        assertThat(hub.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(read(log)).endsWith("stopping\n");
      } finally {
        hub.destroyForcibly();
      }
      // The stores were let go of: another hub takes them, and the network is resumed.
      try (Background again = Background.run(serve(host.toString()))) {
        again.await("stick runs: .* on channel 20");
      }
    } finally {
      cable.destroyForcibly();
    }
  }

  private static Process socat(Path left, Path right) throws IOException {
    try {
      Process process =
          new ProcessBuilder("socat", "pty,raw,echo=0,link=" + left, "pty,raw,echo=0,link=" + right)
              .redirectErrorStream(true)
              .start();
      awaitThat("the cable", () -> Files.exists(left) && Files.exists(right));
      return process;
    } catch (IOException absent) {
      Skipped.because("socat is not installed");
      throw absent;
    }
  }

  private static Process child(Path log, String... arguments) throws IOException {
    return HanotaProcess.builder(List.of(arguments))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  private static void awaitThat(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as(what).isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
