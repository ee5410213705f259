// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;

/** A head end with a supplier's campaigns, as its command runs it, and homes with a PPMID each. */
public final class ServedCampaigns implements AutoCloseable {
  static final Eui64 DSP = Eui64.parse("90B3D51F30000002");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private static final long FIRST = 0x00DB_1234_0000_0000L;
  private static final TestPki PKI = TestPki.ofSeed(8);

  private final Path folder;
  private final String[] security;
  private final Background serve;
  private final int port;

  /** With so many homes; {@code security} is for the head end and for those who steer it. */
  public ServedCampaigns(Path folder, int homes, String... security) throws IOException {
    this("localhost:0", folder, homes, security);
  }

  /** The same, at that address. */
  ServedCampaigns(String listen, Path folder, int homes, String... security) throws IOException {
    this.folder = folder;
    this.security = security.clone();
    Credentials supplier = PKI.organisation(SUPPLIER, RemotePartyRole.SUPPLIER);
    Path keys = Files.createDirectories(folder.resolve("keys"));
    PemFolder.write(keys, PKI.organisation(DSP, RemotePartyRole.ACCESS_CONTROL_BROKER), true);
    PemFolder.write(keys, supplier, true);
    Path xml = Files.createDirectories(folder.resolve("xml"));
    PemFolder.write(xml, PKI.organisation(DSP, RemotePartyRole.DCC_XML_SIGN), true);
    PemFolder.write(xml, PKI.organisation(SUPPLIER, RemotePartyRole.USER_XML_SIGN), false);
    GbPpmidFile image =
        GbPpmidFile.sign(
            OtaHeader.of(ImageId.of(0xAB01, 0x0100, 0x0200_0000))
                .withHardwareVersions(
                    new HardwareVersionRange(new HardwareVersion(1), new HardwareVersion(9))),
            SeededRandom.of(1, 0, 0).octets(3_000),
            supplier.digitalSignatureKey());
    Octets octets = image.octets().octets(0, (int) image.octets().size());
    Files.write(folder.resolve("ppmid.ota"), octets.toByteArray());
    Files.writeString(
        folder.resolve("estate.json"), estate(homes, image.manufacturerImageHash().toHex()));
    List<String> all =
        new ArrayList<>(
            List.of(
                "headend",
                "serve",
                "--supplier",
                SUPPLIER.toString(),
                "--estate",
                path("estate.json"),
                "--keystore",
                path("keys"),
                "--xml-keys",
                path("xml"),
                "--store",
                store(),
                // Commands of one process keep their connections until they idle.
                "--set",
                "headEndConnectionsOfOne=200",
                "--listen",
                listen));
    all.addAll(List.of(security));
    serve = Background.run(all.toArray(String[]::new));
    port = Integer.parseInt(serve.await("users at port (\\d+)"));
    serve.await("acts, epoch (\\d+)");
    if (homes > 0) {
      // The estate is told after that; a campaign asks for what the inventory has.
      serve.await("(is .*Active)");
    }
  }

  /** A request of the supplier, signed as he signs what he puts himself. */
  Octets requestOfTheSupplier() {
    Credentials xml = PKI.organisation(SUPPLIER, RemotePartyRole.USER_XML_SIGN);
    Request request =
        Request.of(
            new MessageId(SUPPLIER, Eui64.of(FIRST + 1), System.currentTimeMillis()),
            CommandVariant.COMMAND,
            new ReadFirmwareVersion(ExecutionDateTime.NOW));
    return new MessageSigner(xml.digitalSignatureKey(), xml.digitalSignature()).sign(request);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String estate(int homes, String hash) {
    StringBuilder devices = new StringBuilder();
    for (int i = 0; i < homes; i++) {
      Eui64 hub = Eui64.of(FIRST + 2L * i);
      devices.append(i == 0 ? "" : ",\n").append(device(hub, "CHF", "hub", hub, i)).append(",\n");
      devices.append(device(Eui64.of(FIRST + 2L * i + 1), "PPMID", "display", hub, i));
    }
    return """
    {
      "users": [{"id": "90B3D51F30010000", "roles": ["IS"]}],
      "devices": [%s],
      "listings": [
        {"manufacturer": "AB01", "model": "display", "gbcsVersion": "4.0", "type": "PPMID",
         "image": "AB01-0100-02000000", "predecessors": ["01000000"], "hash": "%s"}
      ]
    }
    """
        .formatted(devices, hash);
  }

  private static String device(Eui64 id, String type, String model, Eui64 hub, int number) {
    return """
    {"id": "%s", "type": "%s", "manufacturer": "AB01", "model": "%s", "gbcsVersion": "4.0",
     "firmware": "01000000", "hub": "%s", "region": "%s", "cell": "%d",
     "responsible": [{"user": "90B3D51F30010000", "role": "IS"}]}\
    """
        .formatted(id, type, model, hub, number % 2 == 0 ? "South" : "North", number % 7);
  }

  /**
   * A plan in a file: one group of all devices, with what is said put in the place of something.
   */
  public Path plan(String name, String... replaced) throws IOException {
    String plan =
        """
        {"name": "%s", "reason": "DEFECT",
         "groups": [{"name": "all", "types": ["PPMID"], "size": "all", "success": 1, "error": 2}],
         "windows": [], "ends": "2099-01-01T00:00:00Z", "answerHours": 72,
         "pace": {"perRegion": 1000, "perCell": 1000, "startsPerPeriod": 1000,
                  "periodSeconds": 60}}
        """
            .formatted(name);
    for (int i = 0; i < replaced.length; i += 2) {
      if (!plan.contains(replaced[i])) {
        throw new AssertionError(replaced[i] + " is not in the plan");
      }
      plan = plan.replace(replaced[i], replaced[i + 1]);
    }
    Path file = folder.resolve(name.toLowerCase(Locale.ROOT) + ".json");
    Files.writeString(file, plan);
    return file;
  }

  /** {@code hanota campaign} with what reaches this head end. */
  public Cli.Run campaign(String... arguments) {
    List<String> all = new ArrayList<>(List.of("campaign"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--headend", "localhost:" + port));
    all.addAll(List.of(security));
    return Cli.run(all.toArray(String[]::new));
  }

  /** {@code create} or {@code dry-run} for that plan. */
  public Cli.Run planned(String word, Path plan, String... more) {
    List<String> all =
        new ArrayList<>(List.of(word, "--plan", plan.toString(), "--image", path("ppmid.ota")));
    all.addAll(List.of(more));
    return campaign(all.toArray(String[]::new));
  }

  /** What it keeps; this process may open it, too. */
  String store() {
    return "jdbc:h2:" + path("store");
  }

  /** Where it serves. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    serve.close();
  }
}
