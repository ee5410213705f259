// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hanota.cli.Cli;

/**
 * A supplier's receive service, the processes of a DCC, hubs and devices, each a process of its own
 * with certificates of its own.
 */
final class HomeProcesses implements AutoCloseable {
  private final HomeFolder files;
  private final String store;
  private final Map<String, HanotaProcess> processes = new TreeMap<>();
  private final Map<String, Printed> printed = new TreeMap<>();
  private final List<Integer> users;
  private final List<Integer> wans;
  private final List<Integer> hans;
  private final int receiver = freePort();

  /** What a process printed, over all its starts. */
  private static final class Printed {
    // Guarded by this object.
    private final StringBuilder text = new StringBuilder();
    private int start;

    synchronized void line(String line) {
      text.append(line).append('\n');
    }

    synchronized void starts() {
      start = text.length();
    }

    synchronized String all() {
      return text.toString();
    }

    synchronized String sinceStart() {
      return text.substring(start);
    }
  }

  /**
   * Nothing runs yet.
   *
   * @param store the URL of the DCC's database
   * @param headEnds how many processes the DCC has
   */
  HomeProcesses(
      Path folder, String store, int headEnds, int homes, int metersOfHome, int firmwareOctets)
      throws IOException {
    this.store = store;
    this.users = freePorts(headEnds);
    this.wans = freePorts(headEnds);
    this.hans = freePorts(homes);
    this.files = new HomeFolder(folder, homes, metersOfHome, firmwareOctets, receiver);
  }

  private static List<Integer> freePorts(int count) {
    return IntStream.range(0, count).mapToObj(i -> freePort()).toList();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  HomeFolder files() {
    return files;
  }

  /** Where the processes of the DCC take requests. */
  List<Integer> users() {
    return users;
  }

  /** Starts a process, or starts it again. */
  private void start(String name, List<String> arguments) {
    Printed out = printed.computeIfAbsent(name, key -> new Printed());
    out.starts();
    processes.put(
        name,
        HanotaProcess.start(
            out::line, HomeFolder.with(arguments, List.of("--pki", files.path("pki")))));
  }

  void receive() {
    start(
        "receive",
        List.of(
            "headend",
            "receive",
            "--xml-keys",
            files.path("gbcs/supplier-xml"),
            "--listen",
            "localhost:" + receiver,
            "-o",
            files.path("received")));
  }

  static String headEndName(int number) {
    return "headend-" + number;
  }

  void headEnd(int number) {
    start(
        headEndName(number),
        List.of(
            "headend",
            "serve",
            "--estate",
            files.path("estate.json"),
            "--keystore",
            files.path("gbcs/dcc"),
            "--xml-keys",
            files.path("gbcs/dcc-xml"),
            "--store",
            store,
            "--listen",
            "localhost:" + users.get(number),
            "--wan",
            "localhost:" + wans.get(number)));
  }

  static String hubName(int home) {
    return "hub-" + home;
  }

  void hub(int home) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "hub",
                "serve",
                "--eui64",
                HomeFolder.hub(home).toString(),
                "--certificate",
                files.nameOfHub(home),
                "--keystore",
                files.path("gbcs/" + files.nameOfHub(home)),
                "--store",
                files.path("store-" + home),
                "--listen",
                "localhost:" + hans.get(home),
                "--set",
                "grpcReconnectMaximum=1000"));
    wans.forEach(port -> all.addAll(List.of("--headend", "localhost:" + port)));
    start(hubName(home), all);
  }

  static String metersName(int home) {
    return "meters-" + home;
  }

  /**
   * All meters of a home in one process.
   *
   * @param delayMs between the blocks of an image
   */
  void meters(int home, int delayMs) {
    List<String> more =
        List.of(
            "--first",
            files.meter(home, 0).toString(),
            "--count",
            Integer.toString(files.metersOfHome()));
    start(metersName(home), device(home, delayMs, "esme", "meter", more));
  }

  void ppmid(int delayMs) {
    List<String> more =
        List.of("--manufacturer-key", files.path("maker.pub"), "--first", files.ppmid().toString());
    start("ppmid", device(0, delayMs, "ppmid", "ppmid", more));
  }

  private List<String> device(int home, int delayMs, String type, String image, List<String> more) {
    List<String> all =
        List.of(
            "device",
            "run",
            "--hub",
            "localhost:" + hans.get(home),
            "--type",
            type,
            "--keystore",
            files.path("gbcs/devices"),
            "--image-of",
            files.path(image + ".ota"),
            "--bank-dir",
            files.path("banks-" + type + "-" + home),
            "--query-interval",
            "2",
            "--set",
            "grpcReconnectMaximum=1000",
            "--delay",
            Integer.toString(delayMs));
    return HomeFolder.with(all, more);
  }

  private HanotaProcess process(String name) {
    return Objects.requireNonNull(processes.get(name), name);
  }

  /** SIGKILL. */
  void kill(String name) throws InterruptedException {
    process(name).kill();
  }

  /** SIGSTOP, SIGCONT and the like. */
  void signal(String signal, String name) throws InterruptedException {
    process(name).signal(signal);
  }

  private Printed printedBy(String name) {
    return Objects.requireNonNull(printed.get(name), name);
  }

  void await(String name, String pattern) {
    await(name + " says " + pattern, () -> said(name, pattern));
  }

  /** As {@link #await}, since its last start. */
  void awaitSinceStart(String name, String pattern) {
    await(
        name + " says " + pattern,
        () -> Pattern.compile(pattern).matcher(printedBy(name).sinceStart()).find());
  }

  /** Something that is to be true some time. */
  interface Truth {
    boolean now();
  }

  void await(String what, Truth truth) {
    boolean unused =
        Patience.await(
            what, () -> truth.now() ? Optional.of(true) : Optional.empty(), this::lastWords);
  }

  boolean said(String name, String pattern) {
    return matches(name, pattern) > 0;
  }

  /** How often a process said something. */
  long matches(String name, String pattern) {
    return Pattern.compile(pattern).matcher(printedBy(name).all()).results().count();
  }

  /** The last epoch in which a process of the DCC began to act; 0 for none. */
  long epoch(int headEnd) {
    Matcher acts = Pattern.compile("acts, epoch (\\d+)").matcher(printedText(headEnd));
    long last = 0;
    while (acts.find()) {
      last = Long.parseLong(acts.group(1));
    }
    return last;
  }

  private String printedText(int headEnd) {
    Printed out = printed.get(headEndName(headEnd));
    return out == null ? "" : out.all();
  }

  /** The end of what each printed. */
  String lastWords() {
    StringBuilder out = new StringBuilder();
    printed.forEach(
        (name, each) -> {
          String text = each.all();
          out.append("== ").append(name).append('\n');
          out.append(text.substring(Math.max(0, text.length() - 3_000)));
        });
    return out.toString();
  }

  String hubStatus(int home) {
    return Cli.run(
            "hub", "status", "--hub", "localhost:" + hans.get(home), "--pki", files.path("pki"))
        .out();
  }

  String inventory() {
    return Cli.run("headend", "inventory", "--store", store).out();
  }

  /** What the DCC wrote down of every act. */
  String audit() {
    return Cli.run("headend", "audit", "--store", store).out();
  }

  @Override
  public void close() {
    processes.values().forEach(HanotaProcess::close);
  }
}
