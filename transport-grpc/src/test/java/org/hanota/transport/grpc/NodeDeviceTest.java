// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Phase;
import org.hanota.api.node.Driver;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubNode;
import org.hanota.hub.HubService;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.testing.Shared;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device in another language, {@code src/test/node/device.js}, which knows nothing but the
 * contract. Needs node, and the packages in the folder that the system property or the environment
 * variable names.
 */
class NodeDeviceTest {
  private static final String PROPERTY = "hanota.node";
  private static final String VARIABLE = "HANOTA_NODE";
  private static final ImageId IMAGE = ImageId.of(0x121D, 0x0080, 0x0101_0000L);
  private static final int FIRMWARE_OCTETS = 20_000;
  private static final long PATIENCE_SECONDS = 100;
  private static final int MAXIMUM_IMAGE_OCTETS = 768_000;

  private static Path packages() {
    String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    Path folder =
        named == null
            ? Shared.root().resolve("transport-grpc/target/node")
            : Path.of(named).toAbsolutePath();
    if (!Files.isDirectory(folder.resolve("node_modules/@grpc/grpc-js"))) {
      Skipped.because(
          "@grpc/grpc-js is not in "
              + folder
              + "; install it there with npm ci, or name its folder with -D"
              + PROPERTY
              + " or "
              + VARIABLE);
    }
    return folder.resolve("node_modules");
  }

  private static Octets image() {
    ZigBeeFile file =
        ZigBeeFile.builder(OtaHeader.of(IMAGE))
            .upgradeImage(SeededRandom.of(1, 0, 0).octets(FIRMWARE_OCTETS))
            .build();
    return file.octets().octets(0, (int) file.octets().size());
  }

  @Test
  void aDeviceInAnotherLanguageTakesAWholeImageOverMutualTls(@TempDir Path folder)
      throws Exception {
    Path packages = packages();
    Certificates certificates = new Certificates(folder);
    Octets image = image();
    InMemoryImageStore images = new InMemoryImageStore();
    images.put(StoredImage.check("node.ota", image, FileKind.ZIGBEE, MAXIMUM_IMAGE_OCTETS), image);
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    HubService service = new HubService();
    try (Han han =
            new Han(GrpcHub.builder(Han.HUB).security(certificates.of("hub")).callbacks(executor));
        Driver hub =
            HubNode.of(HubConfig.builder(Han.HUB).build(), images, new InMemoryTransferStore())
                .on(
                    han.hub.transport(),
                    Scheduler.of(executor),
                    TimeSource.of(InstantSource.system(), System::nanoTime))
                .listener(service::listener)
                .build()) {
      service.attach(hub);
      hub.start();
      han.start();
      Path taken = folder.resolve("taken.ota");
      List<String> steps =
          run(
              packages,
              folder.resolve("steps"),
              "--hub",
              "localhost:" + han.hub.address().getPort(),
              "--pki",
              folder.toString(),
              "--eui64",
              Han.device(7).address().toString(),
              "--out",
              taken.toString());
      assertThat(Sha256.of(Octets.wrap(Files.readAllBytes(taken)))).isEqualTo(Sha256.of(image));
      assertThat(steps).last().asString().startsWith("{\"step\":\"updated\"");
      HubStatus.DeviceStatus device = service.status().devices().get(0);
      assertThat(device.device()).isEqualTo(Han.device(7));
      assertThat(device.phase()).isEqualTo(Phase.CONFIRMED);
    } finally {
      executor.shutdownNow();
    }
  }

  private static List<String> run(Path packages, Path output, String... options)
      throws IOException, InterruptedException {
    Path script = Shared.root().resolve("transport-grpc/src/test/node/device.js");
    ProcessBuilder builder = new ProcessBuilder("node", script.toString());
    builder.command().addAll(List.of(options));
    builder.environment().put("NODE_PATH", packages.toString());
    Process node;
    try {
      node = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    } catch (IOException absent) {
      Skipped.because("node is not installed");
      throw absent;
    }
    if (!node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      node.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output);
    assertThat(node.waitFor()).as("%s", lines).isZero();
    return lines;
  }
}
