// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.WanLink;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.transport.grpc.GrpcHeadEnd;
import org.hanota.transport.grpc.GrpcLimits;
import org.hanota.transport.grpc.HubWord;
import org.hanota.transport.grpc.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub whose images come from a head end, which the test plays. */
@Timeout(120)
class HubOfHeadEndTest {
  private static final Eui64 HUB = Eui64.parse("00DB123456780001");
  private static final Eui64 NAMED = Eui64.parse("00DB123400000000");
  private static final Eui64 OTHER = Eui64.parse("00DB123400000001");

  @TempDir Path folder;

  private final BlockingQueue<HubWord> said = new LinkedBlockingQueue<>();

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static void run(String... arguments) {
    Cli.Run run = Cli.run(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private Octets image() throws IOException {
    Files.write(folder.resolve("firmware"), new byte[3_000]);
    run(
        "image",
        "create",
        "--kind",
        "gb-meter",
        "--key",
        path("gbcs/supplier/90b3d51f30010000-ds.key"),
        "--manufacturer-code",
        "0xAB01",
        "--image-type",
        "0x0100",
        "--file-version",
        "0x01000001",
        "--hardware",
        "0x0100-0x01FF",
        "-o",
        path("meter.ota"),
        path("firmware"));
    return Octets.wrap(Files.readAllBytes(folder.resolve("meter.ota")));
  }

  private HubWord next() throws InterruptedException {
    HubWord word = said.poll(60, TimeUnit.SECONDS);
    assertThat(word).isNotNull();
    return word;
  }

  /** H156. */
  @Test
  void anImageGoesToTheDevicesThatItsRequestNamesAndToNoOther() throws Exception {
    run(
        "pki",
        "gbcs",
        "--dir",
        path("gbcs"),
        "--device",
        NAMED.toString(),
        "--device",
        OTHER.toString());
    Octets file = image();
    try (GrpcHeadEnd headEnd =
        GrpcHeadEnd.serve(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Security.Insecure(false),
            GrpcLimits.DEFAULT,
            (hub, word, dealt) -> {
              said.add(word);
              dealt.run();
            },
            event -> {})) {
      headEnd.acts(true);
      try (Background hub =
          Background.run(
              "hub",
              "serve",
              "--insecure",
              "--listen",
              "localhost:0",
              "--headend",
              "localhost:" + headEnd.address().getPort(),
              "--keystore",
              path("gbcs/hub"),
              "--store",
              path("store"))) {
        String address = "localhost:" + hub.await("operators at .*:(\\d+)");
        assertThat(next()).isInstanceOf(HubWord.Came.class);
        headEnd.send(
            HUB,
            new WanLink.Delivery(
                1,
                "request",
                new WanLink.Load.Image("meter", file, List.of(NAMED), new UpgradeTime.Held())));
        assertThat(((HubWord.Ended) next()).end()).isInstanceOf(WanLink.End.Kept.class);
        try (Background other = device(address, OTHER);
            Background named = device(address, NAMED)) {
          named.await("100 %");
          other.await("(has no image for it now)");
        }
      }
    }
  }

  private Background device(String address, Eui64 device) {
    return Background.run(
        "device",
        "run",
        "--hub",
        address,
        "--insecure",
        "--type",
        "esme",
        "--keystore",
        path("gbcs/devices"),
        "--image-of",
        path("meter.ota"),
        "--first",
        device.toString(),
        "--query-interval",
        "1",
        "--bank-dir",
        path("bank-" + device));
  }
}
