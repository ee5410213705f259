// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.Hanota;
import org.hanota.sim.fleet.FleetEngine;
import org.hanota.sim.fleet.FleetKnob;
import org.hanota.sim.fleet.FleetReader;
import org.hanota.sim.fleet.FleetResult;
import org.hanota.sim.fleet.FleetRun;
import org.hanota.sim.fleet.FleetScenario;
import org.hanota.sim.fleet.ForkJoinEngine;
import org.hanota.sim.fleet.file.Checkpoint;
import org.hanota.sim.fleet.file.Program;
import org.hanota.sim.scenario.ScenarioFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hanota simulate fleet}; its schema is {@code docs/schema/simulate-fleet.json}. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Simulates a campaign over many homes: the WAN of each region, then the transfer in each"
          + " home, and the campaign's thresholds.",
      "The same scenario gives the same digest with any number of workers. Progress goes to the"
          + " standard error."
    },
    footer = {
      "",
      "Example:",
      "  hanota simulate fleet --scenario docs/scenarios/nation.yaml --homes 1000000",
      "",
      "Exit: 0 it was simulated / 1 the scenario is wrong, or the folder is of another run / 2 used"
          + " wrongly."
    })
public final class FleetCommand implements Callable<Integer> {
  private static final int WORKERS_MAXIMUM = 256;
  private static final long MAXIMUM_OCTETS = 2_000_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      required = true,
      description = "The fleet in YAML (docs/schema/fleet.json, docs/scenarios).")
  private Path scenario = Path.of("");

  @Option(
      names = "--homes",
      paramLabel = "NUMBER",
      description = "So many homes instead of those of the scenario, 1 to 1000000000.")
  private @Nullable Long homes;

  @Option(
      names = "--workers",
      paramLabel = "NUMBER",
      description = "Threads, 1 to 256 (default: one for each processor).")
  private @Nullable Integer workers;

  @Option(
      names = "--checkpoint",
      paramLabel = "FOLDER",
      description = "Keeps each finished part in this new folder, so that --resume goes on.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--resume",
      paramLabel = "FOLDER",
      description = "Goes on with a run that was ended; the same scenario, homes and version.")
  private @Nullable Path resume;

  @Option(
      names = "--sweep",
      paramLabel = "NAME=VALUE,..",
      description = {
        "Runs it with each of these values; of several --sweep with each combination. --csv and"
            + " --html then have one table, --html small charts too.",
        "NAME is ${COMPLETION-CANDIDATES}."
      },
      completionCandidates = Knobs.class)
  private List<String> sweeps = List.of();

  /** What can be varied. */
  static final class Knobs implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return FleetKnob.labels().iterator();
    }
  }

  @Mixin private final FleetOutputs outputs = new FleetOutputs();

  @Option(names = "--json", description = "Prints one JSON object instead.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (checkpoint != null && resume != null) {
      throw new CommandFailed(
          ExitCode.USAGE, "both --checkpoint and --resume are given, allowed one");
    }
    int threads = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
    if (threads < 1 || threads > WORKERS_MAXIMUM) {
      throw new ParameterException(
          spec.commandLine(), "--workers is " + threads + ", allowed 1 to " + WORKERS_MAXIMUM);
    }
    byte[] text = text();
    FleetScenario fleet = fleet(new String(text, StandardCharsets.UTF_8));
    FleetIdentity identity =
        new FleetIdentity(FleetScenario.hash(text), fleet.homes(), fleet.seed(), version());
    outputs.refuseExisting();
    if (!sweeps.isEmpty()) {
      return sweep(fleet, identity, new ForkJoinEngine(threads));
    }
    FleetEngine engine = engine(new ForkJoinEngine(threads), identity);
    FleetProgress progress = new FleetProgress(spec.commandLine().getErr(), System::nanoTime);
    FleetResult result = run(fleet, engine, progress);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      FleetJson.of(identity, result).toPrettyString().lines().forEach(out::println);
    } else {
      FleetText.lines(identity, result).forEach(out::println);
    }
    outputs.write(identity, result, scenario, new String(text, StandardCharsets.UTF_8));
    return ExitCode.DONE;
  }

  private Integer sweep(FleetScenario fleet, FleetIdentity identity, FleetEngine engine)
      throws IOException {
    Optional<String> other =
        checkpoint != null
            ? Optional.of("--checkpoint")
            : resume != null ? Optional.of("--resume") : outputs.notOfSweep();
    if (other.isPresent()) {
      throw new CommandFailed(
          ExitCode.USAGE, "--sweep is given with " + other.get() + ", allowed without it");
    }
    FleetSweep sweep;
    List<FleetSweep.Point> points;
    try {
      sweep = new FleetSweep(sweeps.stream().map(FleetSweep.Axis::of).toList());
      points = sweep.points(fleet);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
    PrintWriter err = spec.commandLine().getErr();
    List<FleetSweep.Row> rows = new ArrayList<>();
    for (FleetSweep.Point point : points) {
      FleetProgress progress = new FleetProgress(err, System::nanoTime);
      rows.add(FleetSweep.Row.of(point, run(point.scenario(), engine, progress)));
      err.printf(
          Locale.ROOT, "%d of %d: %s%n", rows.size(), points.size(), point.name(sweep.axes()));
      err.flush();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      sweep.json(identity, rows).toPrettyString().lines().forEach(out::println);
    } else {
      sweep.lines(identity, rows).forEach(out::println);
    }
    outputs.write(identity, sweep, rows, scenario);
    return ExitCode.DONE;
  }

  private static FleetResult run(FleetScenario fleet, FleetEngine engine, FleetProgress progress) {
    try {
      FleetResult result = FleetRun.run(fleet, engine, progress);
      progress.end();
      return result;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("it was interrupted");
    }
  }

  private static String version() {
    return Hanota.class.getAnnotation(Command.class).version()[0];
  }

  private FleetEngine engine(FleetEngine plain, FleetIdentity identity) throws IOException {
    Path folder = resume == null ? checkpoint : resume;
    if (folder == null) {
      return plain;
    }
    try {
      String whole = identity.lines() + "program " + Program.hash() + "\n";
      return Checkpoint.in(folder, plain, whole, resume != null);
    } catch (Checkpoint.Refused refused) {
      throw new CommandFailed(String.valueOf(refused.getMessage()));
    }
  }

  private byte[] text() throws IOException {
    if (Files.isDirectory(scenario)) {
      throw new CommandFailed(scenario + ": is a folder, allowed a scenario");
    }
    long size = Files.size(scenario);
    if (size > MAXIMUM_OCTETS) {
      throw new CommandFailed(scenario + ": has " + size + " octets, allowed " + MAXIMUM_OCTETS);
    }
    return Files.readAllBytes(scenario);
  }

  private FleetScenario fleet(String text) {
    FleetScenario fleet;
    try {
      fleet = FleetReader.read(text);
    } catch (ScenarioFault fault) {
      throw new CommandFailed(scenario + ", " + fault.getMessage());
    }
    try {
      return homes == null ? fleet : fleet.withHomes(homes);
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), "--homes: " + refused.getMessage(), refused);
    }
  }
}
