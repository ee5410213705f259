// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.cli.Cli;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.OtaFile;

/**
 * What the processes of some homes need before they start, made by commands: certificates, keys, an
 * image for meters and one for PPMIDs, and the DCC's estate. Each home has a hub and as many meters
 * as the others; the first one has a PPMID, too.
 */
final class HomeFolder {
  private static final long FIRST_HUB = Eui64.parse("00DB123456780001").value();
  private static final long FIRST_DEVICE = Eui64.parse("00DB123400000000").value();

  private final Path folder;
  private final int homes;
  private final int metersOfHome;

  /**
   * Makes all of it.
   *
   * @param receiver the port where the supplier takes answers
   */
  HomeFolder(Path folder, int homes, int metersOfHome, int firmwareOctets, int receiver)
      throws IOException {
    this.folder = folder;
    this.homes = homes;
    this.metersOfHome = metersOfHome;
    List<String> hubs = new ArrayList<>();
    IntStream.range(0, homes)
        .forEach(home -> hubs.addAll(List.of("--hub-eui64", hub(home).toString())));
    List<String> devices = new ArrayList<>();
    IntStream.rangeClosed(0, homes * metersOfHome)
        .forEach(i -> devices.addAll(List.of("--device", new Eui64(FIRST_DEVICE + i).toString())));
    String count = Integer.toString(homes * metersOfHome + 1);
    run(with(List.of("pki", "init", "--dir", path("pki"), "--devices", count), hubs));
    run(with(with(List.of("pki", "gbcs", "--dir", path("gbcs")), hubs), devices));
    firmware("meter.bin", firmwareOctets, 1);
    firmware("ppmid.bin", firmwareOctets, 2);
    run(List.of("image", "keygen", "--suite", "p256", "-o", path("maker")));
    image("meter", "0x0100", "gb-meter", "--key", path("gbcs/supplier/90b3d51f30010000-ds.key"));
    image("ppmid", "0x0200", "gb-ppmid", "--manufacturer-key", path("maker.key"));
    Files.writeString(folder.resolve("estate.json"), estate(receiver));
  }

  static Eui64 hub(int home) {
    return new Eui64(FIRST_HUB + home);
  }

  Eui64 meter(int home, int number) {
    return new Eui64(FIRST_DEVICE + (long) home * metersOfHome + number);
  }

  List<Eui64> meters(int home) {
    return IntStream.range(0, metersOfHome).mapToObj(number -> meter(home, number)).toList();
  }

  Eui64 ppmid() {
    return new Eui64(FIRST_DEVICE + (long) homes * metersOfHome);
  }

  int homes() {
    return homes;
  }

  int metersOfHome() {
    return metersOfHome;
  }

  /** The certificate and the keys of a hub. */
  String nameOfHub(int home) {
    return homes == 1 ? "hub" : "hub-" + hub(home);
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  static List<String> with(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** The command in this process; it must do what it is asked. */
  static void run(List<String> arguments) {
    Cli.Run run = Cli.run(arguments.toArray(String[]::new));
    if (run.exitCode() != 0) {
      throw new AssertionError(arguments + ": " + run.err() + run.out());
    }
  }

  private void firmware(String name, int size, long seed) throws IOException {
    byte[] octets = SeededRandom.of(seed, 0, 0).octets(size).toByteArray();
    Files.write(folder.resolve(name), octets);
  }

  private void image(String name, String type, String kind, String... signing) {
    List<String> all =
        List.of(
            "image",
            "create",
            "--kind",
            kind,
            "--manufacturer-code",
            "0xAB01",
            "--image-type",
            type,
            "--file-version",
            "0x01000001",
            "--hardware",
            "0x0100-0x01FF",
            "-o",
            path(name + ".ota"),
            path(name + ".bin"));
    run(with(all, Arrays.asList(signing)));
  }

  private String hash(String name, FileKind kind) throws IOException {
    OtaFile file =
        OtaFile.read(Octets.wrap(Files.readAllBytes(folder.resolve(name + ".ota"))), kind);
    return (file instanceof GbMeterFile meter
            ? meter.manufacturerImageHash()
            : ((GbPpmidFile) file).manufacturerImageHash())
        .toHex();
  }

  private String estate(int receiver) throws IOException {
    List<String> devices = new ArrayList<>();
    for (int home = 0; home < homes; home++) {
      devices.add(device(home, hub(home), "CHF", "hub", ""));
      for (Eui64 meter : meters(home)) {
        devices.add(device(home, meter, "ESME", "meter", "01000000"));
      }
    }
    devices.add(device(0, ppmid(), "PPMID", "ppmid", "01000000"));
    return """
    {"users": [
       {"id": "90B3D51F30010000", "roles": ["IS"], "receive": "https://localhost:%d/"}],
     "devices": [%s],
     "listings": [%s, %s]}
    """
        .formatted(
            receiver,
            devices.stream().collect(Collectors.joining(",")),
            listing("meter", "ESME", "0100", FileKind.GB_METER),
            listing("ppmid", "PPMID", "0200", FileKind.GB_PPMID));
  }

  private static String device(int home, Eui64 id, String type, String model, String firmware) {
    return """
    {"id": "%s", "type": "%s", "manufacturer": "AB01", "model": "%s", "gbcsVersion": "4.0",%s
     "hub": "%s", "responsible": [{"user": "90B3D51F30010000", "role": "IS"}]}
    """
        .formatted(
            id,
            type,
            model,
            firmware.isEmpty() ? "" : " \"firmware\": \"" + firmware + "\",",
            hub(home));
  }

  private String listing(String model, String type, String imageType, FileKind kind)
      throws IOException {
    return """
    {"manufacturer": "AB01", "model": "%s", "gbcsVersion": "4.0", "type": "%s",
     "image": "AB01-%s-01000001", "predecessors": ["01000000"], "reason": "SECURITY",
     "hash": "%s"}
    """
        .formatted(model, type, imageType, hash(model, kind));
  }
}
