// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.CommandLineText;
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
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.testing.Shared;

/**
 * A folder in which the examples run. In their arguments {@code {name}} is a file of that folder,
 * and {@code {hub}} or {@code {stick}} an address that a command in the background has printed.
 */
final class Workplace implements AutoCloseable {
  private static final Pattern PLACE = Pattern.compile("\\{([^}]*)}");
  private static final int LINES = 6;

  private final Path folder;
  private final Map<String, String> addresses = new LinkedHashMap<>();
  private final List<Background> running = new ArrayList<>();

  /** What an address is called in the document. */
  private static final Map<String, String> SHOWN =
      Map.of(
          "hub",
          "localhost:7355",
          "headend",
          "localhost:8079",
          "stick",
          "127.0.0.1:7638",
          "other",
          "127.0.0.1:7638",
          "free",
          "127.0.0.1:7638");

  Workplace(Path folder) throws IOException {
    this.folder = folder;
    write("firmware.bin", SeededRandom.of(1, 0, 0).octets(3_000));
    write("other.bin", SeededRandom.of(2, 0, 0).octets(3_000));
    write("large.bin", SeededRandom.of(3, 0, 0).octets(900_000));
    P256PrivateKey maker = P256PrivateKey.fromSeed(Octets.fromHex("07"));
    Files.writeString(folder.resolve("maker.pem"), KeyPem.text(maker));
    Files.writeString(folder.resolve("maker-public.pem"), KeyPem.text(maker.publicKey()));
    Files.createDirectories(folder.resolve("images"));
    Path vectors = Shared.root().resolve("docs/vectors/gbcs");
    copy(vectors.resolve("keystore"), folder.resolve("keys"));
    duis();
    headEnd();
  }

  /** The keys of a DCC and of a user's receive service, and what the DCC is told. */
  private void headEnd() throws IOException {
    TestPki pki = TestPki.ofSeed(16);
    Eui64 broker = Eui64.parse("90B3D51F30000002");
    Eui64 supplier = Eui64.parse("90B3D51F30010000");
    Credentials dcc = pki.organisation(broker, RemotePartyRole.DCC_XML_SIGN);
    Path dccKeys = Files.createDirectories(folder.resolve("dcc-keys"));
    PemFolder.write(dccKeys, dcc, true);
    PemFolder.write(dccKeys, pki.organisation(supplier, RemotePartyRole.USER_XML_SIGN), false);
    PemFolder.write(Files.createDirectories(folder.resolve("users-keys")), dcc, false);
    Credentials own = pki.organisation(supplier, RemotePartyRole.SUPPLIER);
    Path gbcs = Files.createDirectories(folder.resolve("dcc-gbcs"));
    PemFolder.write(gbcs, pki.organisation(broker, RemotePartyRole.ACCESS_CONTROL_BROKER), true);
    PemFolder.write(gbcs, own, true);
    campaign(own);
  }

  /** The estate, and a campaign for its meter. */
  private void campaign(Credentials supplier) throws IOException {
    OtaHeader header =
        OtaHeader.of(ImageId.of(0xAB01, 0x0100, 0x0200_0000))
            .withHardwareVersions(
                new HardwareVersionRange(new HardwareVersion(1), new HardwareVersion(9)));
    GbMeterFile image =
        GbMeterFile.sign(
            header, SeededRandom.of(4, 0, 0).octets(3_000), false, supplier.digitalSignatureKey());
    write("campaign.ota", image.octets().octets(0, (int) image.octets().size()));
    Path vectors = Shared.root().resolve("docs/vectors");
    Files.writeString(
        folder.resolve("estate.json"),
        Files.readString(vectors.resolve("estate.json"))
            .replaceFirst(
                "\"hash\": \"[0-9a-f]+\"",
                "\"hash\": \"" + image.manufacturerImageHash().toHex() + "\""));
    Files.writeString(
        folder.resolve("campaign.json"),
        """
        {"name": "spring", "answerHours": 336, "ends": "2099-06-30T00:00:00Z",
         "groups": [{"name": "all", "types": ["ESME"], "success": 1, "error": 1}],
         "pace": {"perRegion": 100, "perCell": 5, "startsPerPeriod": 100, "periodSeconds": 60}}
        """);
  }

  private void write(String name, Octets octets) throws IOException {
    Files.write(folder.resolve(name), octets.toByteArray());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  private void duis() throws IOException {
    Eui64 supplier = Eui64.parse("A1B2C30000000001");
    Credentials user = TestPki.ofSeed(16).organisation(supplier, RemotePartyRole.USER_XML_SIGN);
    PemFolder.write(Files.createDirectories(folder.resolve("certificates")), user, false);
    Request request =
        Request.of(
            new MessageId(supplier, Eui64.parse("0011223344556601"), 1_796_000_000_000L),
            CommandVariant.COMMAND,
            new ReadFirmwareVersion(ExecutionDateTime.NOW));
    write(
        "request.xml",
        new MessageSigner(user.digitalSignatureKey(), user.digitalSignature()).sign(request));
  }

  /** Runs an example; returns the lines that the document shows. */
  List<String> run(Example example) {
    return shown(example, print(example));
  }

  /** Runs an example; returns what it printed, to a file too. */
  String print(Example example) {
    String[] arguments =
        example.arguments().stream().map(this::real).toList().toArray(String[]::new);
    if (example.background().isEmpty()) {
      Cli.Run run = Cli.run(arguments);
      if (run.exitCode() != example.exitCode()) {
        throw new AssertionError(
            example + " ends with " + run.exitCode() + ": " + run.err() + run.out());
      }
      example.saved().ifPresent(name -> save(name, run.out()));
      return example.saved().isPresent() ? "" : run.out();
    }
    Background background = Background.run(arguments);
    running.add(background);
    String found = background.await(example.ready());
    addresses.put(example.background(), found);
    return background.standardOutput();
  }

  private void save(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String real(String argument) {
    Matcher matcher = PLACE.matcher(argument);
    return matcher.replaceAll(
        place ->
            Matcher.quoteReplacement(
                place.group(1).equals("free")
                    ? "127.0.0.1:0"
                    : addresses.containsKey(place.group(1))
                        ? "localhost:" + addresses.get(place.group(1))
                        : folder.resolve(place.group(1)).toString()));
  }

  /** The call as a user types it in that folder. */
  static String call(Example example) {
    List<String> arguments =
        example.arguments().stream()
            .map(
                argument ->
                    PLACE
                        .matcher(argument)
                        .replaceAll(place -> SHOWN.getOrDefault(place.group(1), place.group(1))))
            .toList();
    return CommandLineText.of(arguments) + example.saved().map(name -> " > " + name).orElse("");
  }

  private List<String> shown(Example example, String printed) {
    String text = printed.replace(folder + "/", "");
    for (Map.Entry<String, String> address : addresses.entrySet()) {
      String as = SHOWN.getOrDefault(address.getKey(), "");
      text = text.replace(":" + address.getValue(), as.substring(Math.max(0, as.indexOf(':'))));
    }
    List<String> lines =
        text.lines()
            .map(String::stripTrailing)
            .filter(line -> Pattern.compile(example.only()).matcher(line).find())
            .map(
                line ->
                    line.replaceAll("in [0-9.]+ s$", "in 0.5 s")
                        .replace("by " + System.getProperty("user.name"), "by operator")
                        .replaceAll("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z", "2026-01-01T00:00:00Z"))
            .toList();
    if (lines.size() <= LINES) {
      return lines;
    }
    List<String> some = new ArrayList<>(lines.subList(0, LINES - 1));
    some.add("...");
    return some;
  }

  @Override
  public void close() {
    for (int i = running.size() - 1; i >= 0; i--) {
      running.get(i).close();
    }
  }
}
