// SPDX-License-Identifier: Apache-2.0
package org.hanota.simspark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.hanota.sim.fleet.FleetEngine;
import org.hanota.sim.fleet.FleetReader;
import org.hanota.sim.fleet.FleetResult;
import org.hanota.sim.fleet.FleetRun;
import org.hanota.sim.fleet.FleetScenario;
import org.hanota.sim.fleet.file.Checkpoint;
import org.hanota.sim.fleet.file.Program;
import org.hanota.sim.scenario.ScenarioFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What {@code spark-submit} starts: a fleet on the cluster; docs/scenarios/README.md has a line.
 */
@Command(
    name = "hanota-fleet",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Simulates a campaign over many homes on a cluster of Apache Spark.",
      "The digest is that of hanota simulate fleet for the same scenario."
    },
    footer = {
      "",
      "Example:",
      "  spark-submit --master spark://HOST:7077 hanota-fleet.jar --scenario nation.yaml",
      "",
      "Exit: 0 it was simulated / 1 the scenario is wrong, or the folder is of another run / 2 used"
          + " wrongly."
    })
public final class FleetJob implements Callable<Integer> {
  private static final int WRONG = 1;
  private static final String RESULT_SIZE = "spark.driver.maxResultSize";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      required = true,
      description = "The fleet in YAML, on the machine of the driver.")
  private Path scenario = Path.of("");

  @Option(
      names = "--homes",
      paramLabel = "NUMBER",
      description = "So many homes instead of those of the scenario.")
  private @Nullable Long homes;

  @Option(
      names = "--checkpoint",
      paramLabel = "FOLDER",
      description = "Keeps each finished part in this new folder, so that --resume goes on.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--resume",
      paramLabel = "FOLDER",
      description = "Goes on with a run that was ended; the same scenario, homes and program.")
  private @Nullable Path resume;

  /** Runs the job and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new FleetJob())
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setExecutionExceptionHandler(FleetJob::failed);
  }

  /** One line for what a user can mend; everything else is a fault of ours and keeps its trace. */
  private static int failed(Exception fault, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (fault instanceof IOException || fault instanceof IllegalArgumentException) {
      command.getErr().println("hanota-fleet: " + fault.getMessage());
      return WRONG;
    }
    throw fault;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (checkpoint != null && resume != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "both --checkpoint and --resume are given, allowed one");
    }
    byte[] octets = Files.readAllBytes(scenario);
    String text = new String(octets, StandardCharsets.UTF_8);
    FleetScenario fleet = read(text);
    String hash = FleetScenario.hash(octets);
    SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "hanota fleet");
    // Each result is added when it comes and not kept; Spark would count their sum.
    conf.setIfMissing(RESULT_SIZE, "0");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      FleetEngine engine = engine(new SparkEngine(spark, text, fleet), hash, fleet);
      PrintWriter err = spec.commandLine().getErr();
      FleetResult result =
          FleetRun.run(
              fleet,
              engine,
              (wave, done, shards) -> err.println("wave " + wave + ": " + done + " of " + shards));
      print(spec.commandLine().getOut(), hash, result);
    }
    return 0;
  }

  private FleetScenario read(String text) {
    try {
      FleetScenario fleet = FleetReader.read(text);
      return homes == null ? fleet : fleet.withHomes(homes);
    } catch (ScenarioFault fault) {
      throw new IllegalArgumentException(scenario + ", " + fault.getMessage(), fault);
    }
  }

  private FleetEngine engine(FleetEngine plain, String hash, FleetScenario fleet)
      throws IOException {
    Path folder = resume == null ? checkpoint : resume;
    if (folder == null) {
      return plain;
    }
    String identity =
        "scenario %s\nhomes %d\nseed %d\nprogram %s\n"
            .formatted(hash, fleet.homes(), fleet.seed(), Program.hash());
    return Checkpoint.in(folder, plain, identity, resume != null);
  }

  private static void print(PrintWriter out, String hash, FleetResult result) {
    out.println("scenario " + hash);
    out.println("homes " + result.scenario().homes());
    out.println("seed " + result.scenario().seed());
    out.println("campaign " + result.state());
    for (FleetResult.WaveResult each : result.waves()) {
      FleetResult.Ends ends = each.ends();
      out.println(
          "wave %s: %d asked, %d updated, %d failed, %d silent"
              .formatted(
                  each.name(), ends.ordered(), ends.updated(), ends.failed(), ends.silent()));
    }
    out.println("digest " + result.digest());
    out.flush();
  }
}
