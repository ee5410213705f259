// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.sim.Swarm;
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
    subcommands = HomeCommand.class,
    footer = {
      "",
      "Example:",
      "  hanota simulate home --devices esme,ihd --print-scenario > home.yaml",
      "  hanota simulate --scenario home.yaml --json",
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

  @Option(names = "--print-scenario", description = "Prints the scenario and runs nothing.")
  private boolean printScenario;

  @Mixin private final HomeOutputs outputs = new HomeOutputs();

  /** Made by picocli. */
  public SimulateCommand() {}

  @Override
  public Integer call() throws IOException {
    Scenario chosen = chosen();
    if (printScenario) {
      spec.commandLine().getOut().print(ScenarioWriter.write(chosen));
      spec.commandLine().getOut().flush();
      return ExitCode.DONE;
    }
    return outputs.run(chosen, new ImageFiles(), List.of());
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
