// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.cli.Cli;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.OtaFile;

/**
 * A supplier's receive service, a DCC, a hub and devices, each a process of its own with
 * certificates of its own, and a supplier who makes and signs his messages by commands and puts
 * them with curl.
 */
final class HomeProcesses implements AutoCloseable {
  static final Eui64 HUB = Eui64.parse("00DB123456780001");
  static final Eui64 FIRST_METER = Eui64.parse("00DB123400000000");
  static final Eui64 PPMID = Eui64.parse("00DB123400000003");
  static final int METERS = 3;

  private static final int FIRMWARE_OCTETS = 60_000;
  private static final long PATIENCE_SECONDS = 240;

  private final Path folder;
  private final Map<String, HanotaProcess> processes = new TreeMap<>();
  private final Map<String, StringBuilder> printed = new TreeMap<>();
  private final int users = freePort();
  private final int wan = freePort();
  private final int receiver = freePort();
  private final int han = freePort();
  private int files;

  HomeProcesses(Path folder) throws IOException {
    this.folder = folder;
    List<String> devices = new ArrayList<>();
    for (int i = 0; i <= METERS; i++) {
      devices.addAll(List.of("--device", meter(i).toString()));
    }
    run("pki", "init", "--dir", path("pki"), "--devices", "10");
    run(with(List.of("pki", "gbcs", "--dir", path("gbcs")), devices));
    firmware("meter.bin", 1);
    firmware("ppmid.bin", 2);
    run("image", "keygen", "--suite", "p256", "-o", path("maker"));
    image("meter", "0x0100", "gb-meter", "--key", path("gbcs/supplier/90b3d51f30010000-ds.key"));
    image("ppmid", "0x0200", "gb-ppmid", "--manufacturer-key", path("maker.key"));
    Files.writeString(folder.resolve("estate.json"), estate());
  }

  static Eui64 meter(int number) {
    return new Eui64(FIRST_METER.value() + number);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  private static String[] with(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toArray(String[]::new);
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  private static void run(String... arguments) {
    Cli.Run run = Cli.run(arguments);
    if (run.exitCode() != 0) {
      throw new AssertionError(Arrays.toString(arguments) + ": " + run.err() + run.out());
    }
  }

  private void firmware(String name, long seed) throws IOException {
    byte[] octets = SeededRandom.of(seed, 0, 0).octets(FIRMWARE_OCTETS).toByteArray();
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
    run(with(all, List.of(signing)));
  }

  private String hash(String name, FileKind kind) throws IOException {
    OtaFile file =
        OtaFile.read(Octets.wrap(Files.readAllBytes(folder.resolve(name + ".ota"))), kind);
    return (file instanceof GbMeterFile meter
            ? meter.manufacturerImageHash()
            : ((GbPpmidFile) file).manufacturerImageHash())
        .toHex();
  }

  private String estate() throws IOException {
    StringBuilder devices = new StringBuilder(device(HUB, "CHF", "hub", ""));
    for (int i = 0; i < METERS; i++) {
      devices.append(',').append(device(meter(i), "ESME", "meter", "01000000"));
    }
    devices.append(',').append(device(PPMID, "PPMID", "ppmid", "01000000"));
    return """
    {"users": [
       {"id": "90B3D51F30010000", "roles": ["IS"], "receive": "https://localhost:%d/"}],
     "devices": [%s],
     "listings": [%s, %s]}
    """
        .formatted(
            receiver,
            devices,
            listing("meter", "ESME", "0100", FileKind.GB_METER),
            listing("ppmid", "PPMID", "0200", FileKind.GB_PPMID));
  }

  private static String device(Eui64 id, String type, String model, String firmware) {
    return """
    {"id": "%s", "type": "%s", "manufacturer": "AB01", "model": "%s", "gbcsVersion": "4.0",%s
     "hub": "%s", "responsible": [{"user": "90B3D51F30010000", "role": "IS"}]}
    """
        .formatted(
            id, type, model, firmware.isEmpty() ? "" : " \"firmware\": \"" + firmware + "\",", HUB);
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

  /** Starts a process, or starts it again. */
  private void start(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--pki", path("pki")));
    StringBuilder out = printed.computeIfAbsent(name, key -> new StringBuilder());
    processes.put(
        name,
        HanotaProcess.start(
            line -> {
              synchronized (out) {
                out.append(line).append('\n');
              }
            },
            all));
  }

  void receive() {
    start(
        "receive",
        "headend",
        "receive",
        "--xml-keys",
        path("gbcs/supplier-xml"),
        "--listen",
        "localhost:" + receiver,
        "-o",
        path("received"));
  }

  void headEnd() {
    start(
        "headend",
        "headend",
        "serve",
        "--estate",
        path("estate.json"),
        "--keystore",
        path("gbcs/dcc"),
        "--xml-keys",
        path("gbcs/dcc-xml"),
        "--store",
        "jdbc:h2:" + path("headend"),
        "--listen",
        "localhost:" + users,
        "--wan",
        "localhost:" + wan);
  }

  void hub() {
    start(
        "hub",
        "hub",
        "serve",
        "--headend",
        "localhost:" + wan,
        "--keystore",
        path("gbcs/hub"),
        "--store",
        path("hub"),
        "--listen",
        "localhost:" + han,
        "--set",
        "grpcReconnectMaximum=1000");
  }

  void devices() {
    start("meters", device("esme", "meter", "--keystore", path("gbcs/devices"), "--count", "3"));
    start(
        "ppmid",
        device(
            "ppmid",
            "ppmid",
            "--keystore",
            path("gbcs/devices"),
            "--manufacturer-key",
            path("maker.pub"),
            "--first",
            PPMID.toString()));
  }

  private String[] device(String type, String image, String... more) {
    List<String> all =
        List.of(
            "device",
            "run",
            "--hub",
            "localhost:" + han,
            "--type",
            type,
            "--image-of",
            path(image + ".ota"),
            "--bank-dir",
            path("banks-" + type),
            "--query-interval",
            "2",
            "--set",
            "grpcReconnectMaximum=1000",
            "--delay",
            "40");
    return with(all, List.of(more));
  }

  /** SIGKILL. */
  void kill(String name) throws InterruptedException {
    Objects.requireNonNull(processes.get(name)).kill();
  }

  /** What a process printed, over all its starts. */
  String printed(String name) {
    StringBuilder out = printed.getOrDefault(name, new StringBuilder());
    synchronized (out) {
      return out.toString();
    }
  }

  void await(String name, String pattern) {
    await(
        name + " says " + pattern,
        () -> said(name, pattern) ? Optional.of(true) : Optional.empty());
  }

  boolean said(String name, String pattern) {
    return Pattern.compile(pattern).matcher(printed(name)).find();
  }

  /** Something that may not be there yet. */
  interface Look<T> {
    Optional<T> now();
  }

  private <T> T await(String what, Look<T> look) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() - end < 0) {
      Optional<T> found = look.now();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new AssertionError("never: " + what + "\n" + all());
  }

  private String all() {
    StringBuilder out = new StringBuilder();
    for (String name : printed.keySet()) {
      String text = printed(name);
      out.append("== ").append(name).append('\n');
      out.append(text.substring(Math.max(0, text.length() - 3_000)));
    }
    return out.toString();
  }

  /** A request as the supplier's system makes it. */
  Path request(String service, String image, List<Eui64> devices, String... more) {
    Path file = folder.resolve("request-" + ++files + ".xml");
    List<String> all = new ArrayList<>(List.of("duis", "request", "--service", service, "--image"));
    all.addAll(List.of(path(image + ".ota"), "--xml-keys", path("gbcs/supplier-xml")));
    devices.forEach(device -> all.addAll(List.of("--device", device.toString())));
    all.addAll(List.of("-o", file.toString()));
    run(with(all, List.of(more)));
    return file;
  }

  static Request read(Path file) {
    return (Request) Duis.read(octets(file));
  }

  private static Octets octets(Path file) {
    try {
      return Octets.wrap(Files.readAllBytes(file));
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  /** Puts it, again and again while nobody acts; what the DCC said at once. */
  Response put(String service, Path file) {
    return await("the DCC takes " + file, () -> curl(service, file));
  }

  private Optional<Response> curl(String service, Path file) {
    Path out = folder.resolve("said.xml");
    try {
      Process curl =
          new ProcessBuilder(
                  "curl",
                  "-sS",
                  "--fail",
                  "--cacert",
                  path("pki/ca.pem"),
                  "--cert",
                  path("pki/supplier.pem"),
                  "--key",
                  path("pki/supplier.key"),
                  "--data-binary",
                  "@" + file,
                  "-o",
                  out.toString(),
                  "https://localhost:" + users + "/api/v1/" + service)
              .redirectErrorStream(true)
              .start();
      String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = curl.waitFor();
      synchronized (printed) {
        printed.put("curl", new StringBuilder(said));
      }
      return code == 0 ? Optional.of((Response) Duis.read(octets(out))) : Optional.empty();
    } catch (IOException | InterruptedException fault) {
      throw new AssertionError(fault);
    }
  }

  /** Every answer and alert that came to the supplier's receive service. */
  Map<Path, Response> received() {
    Map<Path, Response> all = new TreeMap<>();
    Path received = folder.resolve("received");
    if (Files.exists(received)) {
      try (Stream<Path> found = Files.list(received)) {
        found
            .filter(file -> file.toString().endsWith(".xml"))
            .forEach(file -> all.put(file, (Response) Duis.read(octets(file))));
      } catch (IOException fault) {
        throw new AssertionError(fault);
      }
    }
    return all;
  }

  /** Waits for an answer or alert; its file. */
  Path awaitReceived(String what, Predicate<Response> wanted) {
    return await(
        what,
        () ->
            received().entrySet().stream()
                .filter(each -> wanted.test(each.getValue()))
                .map(Map.Entry::getKey)
                .findFirst());
  }

  /** Signs the pre-command that answered a request. */
  Path sign(Path request, Path answer) {
    Path file = folder.resolve("request-" + ++files + ".xml");
    run(
        "duis",
        "sign",
        request.toString(),
        answer.toString(),
        "--keystore",
        path("gbcs/supplier"),
        "--xml-keys",
        path("gbcs/supplier-xml"),
        "-o",
        file.toString());
    return file;
  }

  String hubStatus() {
    return Cli.run("hub", "status", "--hub", "localhost:" + han, "--pki", path("pki")).out();
  }

  String inventory() {
    return Cli.run("headend", "inventory", "--store", "jdbc:h2:" + path("headend")).out();
  }

  @Override
  public void close() {
    processes.values().forEach(HanotaProcess::close);
  }
}
