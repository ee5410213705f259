// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.network.HanotaProcess;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A fleet's process that is ended in the middle, by ctrl-C and by SIGKILL, again and again. */
@Tag("soak")
@EnabledOnOs(OS.LINUX)
class FleetKilledTest {
  private static final String HOMES = "1000000";

  /** Of a process that a signal ended: 128 and the signal's number. */
  private static final int INTERRUPTED = 130;

  private static final int KILLED = 137;

  @TempDir Path folder;

  private static List<String> fleet(String... options) {
    List<String> command =
        new ArrayList<>(List.of("simulate", "fleet", "--json", "--homes", HOMES, "--scenario"));
    command.add(Shared.root().resolve("docs/scenarios/two-regions.yaml").toString());
    command.addAll(List.of(options));
    return command;
  }

  private static String digest(List<String> command) throws IOException {
    Cli.Run run = Cli.run(command.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    JsonNode root = new ObjectMapper().readTree(run.out());
    return root.get("digest").asText();
  }

  private static long octets(Path kept) throws IOException {
    if (!Files.isDirectory(kept)) {
      return 0;
    }
    long sum = 0;
    try (Stream<Path> files = Files.list(kept)) {
      for (Path each : files.filter(file -> file.toString().endsWith(".shards")).toList()) {
        sum += Files.size(each);
      }
    }
    return sum;
  }

  /** Starts it and ends it once it has kept more. */
  private static int end(List<String> command, Path kept, String signal)
      throws IOException, InterruptedException {
    List<String> withSignals = new ArrayList<>(List.of("env", "--default-signal=INT"));
    ProcessBuilder builder = HanotaProcess.builder(command);
    withSignals.addAll(builder.command());
    long before = octets(kept);
    Process process =
        builder
            .command(withSignals)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      while (process.isAlive() && octets(kept) == before) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
      Process kill =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
              .inheritIO()
              .start();
      assertThat(kill.waitFor()).isZero();
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatWasFinishedIsKeptAndTheEndIsThatOfARunThatNobodyEnded() throws Exception {
    Path kept = folder.resolve("kept");
    String path = kept.toString();
    assertThat(end(fleet("--checkpoint", path), kept, "INT")).isEqualTo(INTERRUPTED);
    byte[] first = Files.readAllBytes(kept.resolve("pass-0.shards"));
    assertThat(first).isNotEmpty();
    assertThat(end(fleet("--resume", path, "--workers", "3"), kept, "KILL")).isEqualTo(KILLED);
    assertThat(end(fleet("--resume", path), kept, "INT")).isEqualTo(INTERRUPTED);
    assertThat(end(fleet("--resume", path, "--workers", "1"), kept, "KILL")).isEqualTo(KILLED);
    String resumed = digest(fleet("--resume", path));
    // Its last record may be half; the one before it is not computed again.
    int whole = 20 + ByteBuffer.wrap(first).getInt(8);
    byte[] last = Files.readAllBytes(kept.resolve("pass-0.shards"));
    assertThat(Arrays.copyOf(last, whole)).isEqualTo(Arrays.copyOf(first, whole));
    assertThat(resumed).isEqualTo(digest(fleet()));
  }
}
