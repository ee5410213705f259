// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.device.bank.Journal;
import org.hanota.device.file.FileImageBank;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.testing.JavaCommand;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home whose process is killed with SIGKILL in the middle of everything, and started again. */
class KillTest {
  private static final long SEED = 9;

  /** Steps that a home tells of until it has ended: each percent of three devices, and more. */
  private static final int STEPS = 250;

  @TempDir Path folder;

  private final SeededRandom random = SeededRandom.of(SEED, 4, 4);
  private int kills;
  private int homes;
  private int resumed;

  @Test
  void aFewKillsLoseNothing() throws Exception {
    killed(5);
  }

  @Test
  @Tag("soak")
  void fiftyKillsLoseNothing() throws Exception {
    killed(50);
  }

  private void killed(int wanted) throws Exception {
    while (kills < wanted) {
      home(folder.resolve("home-" + homes), SEED + homes, wanted);
      homes++;
    }
    System.out.println(
        kills + " kills of " + homes + " homes, " + resumed + " transfers went on where they were");
    assertThat(resumed).isPositive();
  }

  /** One home until it has ended, killed now and then while kills are left. */
  private void home(Path where, long seed, int wanted) throws Exception {
    Files.createDirectories(where);
    boolean done = false;
    boolean stored = false;
    while (!done) {
      int after = kills < wanted ? 1 + random.below(STEPS) : Integer.MAX_VALUE;
      List<String> lines = run(where, seed, after);
      assertThat(lines).noneMatch(line -> line.startsWith(KilledHome.WRONG));
      if (stored) {
        assertThat(lines.get(0)).as("no image is lost").isEqualTo("images 3");
      }
      stored |= lines.stream().anyMatch(line -> line.contains("Queued"));
      resumed +=
          (int)
              lines.stream()
                  .filter(line -> line.contains("Started["))
                  .filter(line -> !line.contains("fileOffset=0]"))
                  .count();
      done = lines.contains(KilledHome.DONE);
    }
    checkBanks(where, seed);
  }

  /** What the process told until it ended, or was killed after so many lines. */
  private List<String> run(Path where, long seed, int linesBeforeKill) throws Exception {
    Process process =
        JavaCommand.of(
                List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"),
                KilledHome.class,
                List.of(where.toString(), String.valueOf(seed)))
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null) {
        lines.add(line);
        if (lines.size() == linesBeforeKill) {
          process.destroyForcibly();
        }
        line = out.readLine();
      }
    } catch (IOException e) {
      // The pipe breaks with the process.
      lines.add("killed");
    }
    int exit = process.waitFor();
    boolean killed = exit == 128 + 9;
    assertThat(killed || exit == 0).as("exit " + exit + ": " + lines).isTrue();
    kills += killed ? 1 : 0;
    return lines;
  }

  private static void checkBanks(Path where, long seed) {
    for (ScenarioDevice device : KilledHome.scenario(seed).world().devices()) {
      DevicePlan plan = DevicePlan.of(device, Fittings.IN_MEMORY);
      try (FileImageBank bank =
          FileImageBank.open(
              KilledHome.bankFolder(where, plan),
              plan.parameters().maximumImageOctets(),
              plan.running())) {
        Journal journal = bank.journal();
        int size = plan.image().length();
        Octets held =
            bank.read(
                    plan.type().activatedByCommand() ? journal.inactive() : journal.active(), size)
                .octets(0, size);
        assertThat(held).as(plan.name()).isEqualTo(plan.image());
      }
    }
  }
}
