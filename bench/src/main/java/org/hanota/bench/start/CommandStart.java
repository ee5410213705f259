// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.start;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * P12: {@code ./hanota image inspect FILE} of one small file beside an empty Java program, in
 * turns, as whole processes: wall time, and processor time as the shell counts it. The command must
 * be built; run from the project's folder or below.
 */
public final class CommandStart {
  private static final int ROUNDS = 15;
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s (\\d+)m([0-9.]+)s\\s*$");

  private CommandStart() {}

  private record Took(double wallMillis, double processorMillis) {}

  /** Measures and prints. */
  public static void run(PrintStream out) {
    try {
      Path root = root();
      if (!Files.exists(root.resolve("cli/target/hanota.jar"))) {
        out.println("P12  skipped: cli/target/hanota.jar is not built; run ./hanota --version");
        return;
      }
      Path folder = Files.createTempDirectory("start");
      Path firmware = Files.write(folder.resolve("firmware.bin"), new byte[3_000]);
      Path image = folder.resolve("image.ota");
      String hanota = root.resolve("hanota").toString();
      String create =
          hanota
              + " image create --manufacturer-code 1 --image-type 1 --file-version 1 -o "
              + image
              + " "
              + firmware;
      Took unusedFirst = took(create);
      String java = ProcessHandle.current().info().command().orElse("java");
      String empty =
          java
              + " -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "
              + classes()
              + " "
              + EmptyProgram.class.getName();
      List<Took> ours = new ArrayList<>();
      List<Took> bare = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        ours.add(took(hanota + " image inspect " + image));
        bare.add(took(empty));
      }
      out.printf(
          Locale.ROOT,
          "P12  image inspect, whole process: wall %.0f ms, an empty Java program %.0f ms, ratio"
              + " %.1f; processor %.0f ms and %.0f ms, ratio %.1f%n",
          median(ours, true),
          median(bare, true),
          median(ours, true) / median(bare, true),
          median(ours, false),
          median(bare, false),
          median(ours, false) / median(bare, false));
      Files.delete(image);
      Files.delete(firmware);
      Files.delete(folder);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static Path root() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isExecutable(at.resolve("hanota"))) {
        return at;
      }
    }
    throw new IOException("no hanota command above " + Path.of("").toAbsolutePath());
  }

  private static String classes() {
    return Objects.requireNonNull(CommandStart.class.getProtectionDomain().getCodeSource())
        .getLocation()
        .getPath();
  }

  private static Took took(String command) throws IOException {
    long start = System.nanoTime();
    Process shell =
        new ProcessBuilder("bash", "-c", command + " > /dev/null && times")
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (shell.waitFor() != 0) {
        throw new IOException(command + ": " + said);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
    double wall = (System.nanoTime() - start) / 1e6;
    Matcher children = TIMES.matcher(said);
    if (!children.find()) {
      throw new IOException(command + ": found no times in " + said);
    }
    return new Took(
        wall,
        1_000
            * (seconds(children.group(1), children.group(2))
                + seconds(children.group(3), children.group(4))));
  }

  private static double seconds(String minutes, String seconds) {
    return 60 * Double.parseDouble(minutes) + Double.parseDouble(seconds);
  }

  private static double median(List<Took> all, boolean wall) {
    List<Double> values = new ArrayList<>();
    all.forEach(took -> values.add(wall ? took.wallMillis() : took.processorMillis()));
    Collections.sort(values);
    return values.get(values.size() / 2);
  }
}
