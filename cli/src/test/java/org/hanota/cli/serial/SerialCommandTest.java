// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.Driver;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.SmallImage;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubNode;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.testing.Shared;
import org.hanota.transport.serial.StickFamily;
import org.hanota.transport.serial.StickTransport;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.NetworkParameters;
import org.hanota.transport.serial.stick.StickEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialCommandTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final String FIRST = "00124B0000E31D01";

  @TempDir Path folder = Path.of("");

  /** What the hub heard. */
  private final List<Event> heard = new CopyOnWriteArrayList<>();

  private Path image(int size) throws Exception {
    return Files.write(folder.resolve("image.ota"), SmallImage.of(size).toByteArray());
  }

  @Test
  void aStickIsEmulatedProbedAndServesAnUpdate() throws Exception {
    Path image = image(1_062);
    Path capture = folder.resolve("air.pcapng");
    Background emulator =
        Background.run(
            "emulate",
            "znp",
            "--listen",
            "127.0.0.1:0",
            "--image-of",
            image.toString(),
            "--until-updated",
            "--json",
            "--capture",
            capture.toString());
    String port = port(emulator);

    Cli.Run words = Cli.run("serial", "probe", port);
    assertThat(words.exitCode()).isZero();
    assertThat(words.out())
        .contains("ZNP stick 00124B0000E31C00, Z-Stack 3.x.0")
        .contains("has no network");

    serve(port, image, emulator.exitCode());
    assertThat(emulator.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isZero();
    // The emulator ends only when the hub has heard which version runs.
    assertThat(heard).hasAtLeastOneElementOfType(UpdateEvent.Confirmed.class);
    assertThat(emulator.json())
        .extracting(event -> event.get("event").asText())
        .contains("ready", "querying", "started", "transferring", "verified", "confirmed");
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Shared.root().resolve("docs/schema/hub-serve.json")));
    assertThat(emulator.json()).allSatisfy(event -> assertThat(schema.validate(event)).isEmpty());
    assertThat(Files.size(capture)).isGreaterThan(2_000);
  }

  @Test
  void anImageWhoseIntegrityCodeIsWrongIsTakenOnlyWithAReason() throws Exception {
    Path image = folder.resolve("image.ota");
    Files.write(image, SmallImage.withWrongIntegrityCode(0x5678, 1_062, 1).toByteArray());
    String[] command = {
      "emulate", "znp", "--listen", "127.0.0.1:0", "--image-of", image.toString(), "--json"
    };
    Background refuses = Background.run(command);
    CompletableFuture<Integer> refused =
        CompletableFuture.supplyAsync(
            () -> {
              String unused = refuses.await("(\"event\":\"failed\".*INVALID_IMAGE)");
              return 0;
            });
    serve(port(refuses), image, refused);
    assertThat(heard).doesNotHaveAnyElementsOfTypes(UpdateEvent.Confirmed.class);
    Background takes =
        Background.run(
            with(command, "--until-updated", "--ignore-integrity-code", "the test says so"));
    serve(port(takes), image, takes.exitCode());
    assertThat(takes.exitCode()).isCompletedWithValue(0);
  }

  private static String port(Background emulator) {
    return emulator.await("\"port\":\"(tcp:[^\"]*)\"");
  }

  private void serve(String port, Path file, CompletableFuture<Integer> until) throws Exception {
    Octets image = Octets.wrap(Files.readAllBytes(file));
    Peer self = new Peer(Eui64.parse("00124B0000E31C00"), 1);
    NetworkParameters network =
        NetworkParameters.onChannel(
            15, 0x5A5A, new Eui64(7), Octets.fromHex("000102030405060708090a0b0c0d0e0f"));
    InMemoryImageStore images = new InMemoryImageStore();
    images.put(StoredImage.checkAny("test", image, 1 << 20), image);
    try (PortThread thread = new PortThread()) {
      CompletableFuture<Void> started = new CompletableFuture<>();
      StickTransport transport =
          new StickTransport(
              StickFamily.ZNP,
              HostConfig.otaServer(self, 0x0104).forming(network).build(),
              BytePort.Opener.of(port, 115_200),
              thread.scheduler(),
              System::nanoTime,
              event -> {
                if (event instanceof StickEvent.Started) {
                  started.complete(null);
                }
              },
              Optional.empty());
      try (Driver hub =
          HubNode.of(
                  HubConfig.builder(self).network(0x0104, false).build(),
                  images,
                  new InMemoryTransferStore())
              .on(transport, thread.scheduler(), thread.time())
              .listener((now, event) -> heard.add(event))
              .build()) {
        hub.start();
        started.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        transport.permitJoin(60);
        until.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"znp, 20230507", "ezsp, 13"})
  void theReportOfAProbeKeepsItsSchema(String family, long revision) throws Exception {
    Background emulator =
        Background.run(
            "emulate",
            family,
            "--listen",
            "127.0.0.1:0",
            "--image-of",
            image(500).toString(),
            "--json");
    Cli.Run run = Cli.run("serial", "probe", "--json", port(emulator));
    assertThat(run.exitCode()).isZero();
    JsonNode report = new ObjectMapper().readTree(run.out());
    JsonNode schema =
        new ObjectMapper()
            .readTree(Shared.root().resolve("docs/schema/serial-probe.json").toFile());
    schema.at("/required").forEach(name -> assertThat(report.has(name.asText())).isTrue());
    report
        .fieldNames()
        .forEachRemaining(name -> assertThat(schema.at("/properties").has(name)).as(name).isTrue());
    assertThat(report.get("protocol").asText()).isEqualTo(family);
    assertThat(report.at("/firmware/revision").asLong()).isEqualTo(revision);
  }

  @Test
  void aPortThatIsNotThereIsNamed() {
    Cli.Run run = Cli.run("serial", "probe", "/no/such/stick");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("hanota: /no/such/stick: ").doesNotContain("Exception");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void aWrongPlaceInTheNetworkIsAWrongUse() {
    Cli.Run run = Cli.run("serial", "probe", "tcp://nowhere");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("allowed host:port");
  }

  @Test
  void aDeviceGivenTwiceAndAPortThatIsNotThereAreRefused() throws Exception {
    String[] command = {"emulate", "znp", "--image-of", image(500).toString()};
    Cli.Run twice =
        Cli.run(with(command, "--listen", "127.0.0.1:0", "--device", FIRST, "--device", FIRST));
    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.err()).contains("--device " + FIRST + " is given twice").hasLineCount(1);
    Cli.Run absent = Cli.run(with(command, "--pty", "/no/such/pty"));
    assertThat(absent.exitCode()).isEqualTo(1);
    assertThat(absent.err()).contains("--pty /no/such/pty: no such serial port").hasLineCount(1);
  }

  private static String[] with(String[] command, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void theHelpShowsAnExample() {
    assertThat(Cli.run("serial", "probe", "--help").out()).contains("Example:");
    assertThat(Cli.run("emulate", "znp", "--help").out()).contains("Example:", "--pty");
  }
}
