// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.sim.Fittings;
import org.hanota.sim.Swarm;
import org.hanota.sim.SwarmSeed;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hanota simulate}. */
@Command(
    name = "simulate",
    description = {
      "Simulates updates in virtual time: as a scenario in YAML says, or as a sub-command does.",
      "The same scenario gives the same octets at the same times."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisSubcommandLabel = "[COMMAND]",
    subcommands = {HomeCommand.class, FleetCommand.class},
    footer = {
      "",
      "Example:",
      "  hanota simulate home --devices esme,ihd --print-scenario > home.yaml",
      "  hanota simulate --scenario home.yaml --json",
      "  hanota simulate --swarm-seeds 1-1000",
      "",
      "Exit: 0 every device is updated, or refuses a flawed sample / 1 one does not, or a file is"
          + " wrong / 2 used wrongly."
    })
public final class SimulateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description =
          "The scenario, as simulate home --print-scenario writes it (docs/schema/scenario.json). "
              + "Paths of images in it are relative to the folder that the command runs in.")
  private @Nullable Path scenario;

  @Option(
      names = "--swarm-seed",
      paramLabel = "NUMBER",
      description =
          "The scenario that a swarm draws from this number: which faults there are, then their "
              + "rates.")
  private @Nullable Long swarmSeed;

  @Option(
      names = "--swarm-seeds",
      paramLabel = "FROM-TO",
      description =
          "The scenarios of all these numbers, without what happens in them: prints each violation"
              + " with the command that replays it, how often each nemesis struck, and one digest."
              + " Progress goes to the standard error.")
  private @Nullable String swarmSeeds;

  @Option(
      names = "--workers",
      paramLabel = "NUMBER",
      description = "Threads for --swarm-seeds, 1 to 256 (default: one for each processor).")
  private @Nullable Integer workers;

  @Option(names = "--print-scenario", description = "Prints the scenario and runs nothing.")
  private boolean printScenario;

  /** More than any machine that this is for has processors. */
  private static final int WORKERS_MAXIMUM = 256;

  private final Fittings fittings;

  @Mixin private final HomeOutputs outputs = new HomeOutputs();

  /** Made by picocli. */
  public SimulateCommand() {
    this(new ImageFiles());
  }

  /** Homes are fitted out so. */
  SimulateCommand(Fittings fittings) {
    this.fittings = fittings;
  }

  @Override
  public Integer call() throws IOException {
    if (swarmSeeds != null) {
      return soak(swarmSeeds);
    } else if (workers != null) {
      throw new CommandFailed(ExitCode.USAGE, "--workers is given, allowed with --swarm-seeds");
    }
    Scenario chosen = chosen();
    if (printScenario) {
      spec.commandLine().getOut().print(ScenarioWriter.write(chosen));
      spec.commandLine().getOut().flush();
      return ExitCode.DONE;
    }
    return outputs.run(chosen, fittings, List.of());
  }

  private int soak(String seeds) {
    if (scenario != null || swarmSeed != null || printScenario || outputs.isAnyGiven()) {
      throw new CommandFailed(
          ExitCode.USAGE, "--swarm-seeds is given, allowed with --workers and --json only");
    }
    int threads = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
    if (threads < 1 || threads > WORKERS_MAXIMUM) {
      throw new CommandFailed(
          ExitCode.USAGE, "--workers is " + threads + ", allowed 1 to " + WORKERS_MAXIMUM);
    }
    SwarmRange range;
    try {
      range = SwarmRange.of(seeds);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(ExitCode.USAGE, "--swarm-seeds " + wrong.getMessage());
    }
    return range.run(
        seed -> SwarmSeed.run(seed, fittings),
        threads,
        outputs.isJson(),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }

  private Scenario chosen() throws IOException {
    if (scenario != null && swarmSeed == null) {
      return ScenarioFile.read(scenario);
    } else if (scenario == null && swarmSeed != null) {
      return Swarm.scenario(swarmSeed);
    }
    if (scenario != null) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "both --scenario and --swarm-seed are given, allowed one (hanota simulate --help)");
    }
    // A group without a command: its usage is printed.
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
