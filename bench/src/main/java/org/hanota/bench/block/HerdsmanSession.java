// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The OtaSession of zigbee-herdsman, run by node as a process of its own. The folder in which npm
 * installed it is named by {@code -Dhanota.herdsman=FOLDER}.
 */
final class HerdsmanSession {
  private static final int BLOCKS = 200_000;
  private static final long LIMIT_SECONDS = 300;

  private HerdsmanSession() {}

  static void run(PrintStream out, double oursPerSecond) {
    String folder = System.getProperty("hanota.herdsman");
    if (folder == null || !Files.isDirectory(Path.of(folder, "node_modules", "zigbee-herdsman"))) {
      out.println(
          "P5   zigbee-herdsman SKIPPED: -Dhanota.herdsman names no folder with it ("
              + folder
              + ")");
      return;
    }
    try {
      double theirs = blocksPerSecond(folder);
      out.printf(
          Locale.ROOT,
          "P5   exchanges of whole transfers                   hanota %,14.0f/s"
              + "  zigbee-herdsman OtaSession         %,14.0f/s  ratio %.2f%n",
          oursPerSecond,
          theirs,
          oursPerSecond / theirs);
    } catch (IOException e) {
      out.println("P5   zigbee-herdsman SKIPPED: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double blocksPerSecond(String folder) throws IOException, InterruptedException {
    Path script = Files.createTempFile("herdsman", ".js");
    try (InputStream source = HerdsmanSession.class.getResourceAsStream("herdsman.js")) {
      if (source == null) {
        throw new IOException("herdsman.js is not in the jar");
      }
      Files.write(script, source.readAllBytes());
      Process node =
          new ProcessBuilder("node", script.toString(), String.valueOf(BLOCKS))
              .directory(Path.of(folder).toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!node.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || node.exitValue() != 0) {
        node.destroy();
        throw new IOException("node ended with: " + said.strip().lines().findFirst().orElse(""));
      }
      return Double.parseDouble(said.strip());
    } finally {
      Files.deleteIfExists(script);
    }
  }
}
