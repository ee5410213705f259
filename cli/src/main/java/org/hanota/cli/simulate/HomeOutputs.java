// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.CommandLineText;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.cli.Series;
import org.hanota.hub.HubParameters;
import org.hanota.sim.DevicePlan;
import org.hanota.sim.DeviceReport;
import org.hanota.sim.Fittings;
import org.hanota.sim.Home;
import org.hanota.sim.HomeReport;
import org.hanota.sim.check.InvariantViolated;
import org.hanota.sim.scenario.ImageSource;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a scenario, and shows and writes what is asked for. */
final class HomeOutputs {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--bank-dir",
      paramLabel = "DIR",
      description = "Writes DIR/<device>.ota, exactly the octets received.")
  private @Nullable Path bankDir;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Writes one line per message: time, device, direction, octets.")
  private @Nullable Path trace;

  @Option(
      names = "--pcap",
      paramLabel = "FILE",
      description =
          "Writes every frame as IEEE 802.15.4 for Wireshark, secured by a network key of the "
              + "seed, which stands in the file's comment and in --json.")
  private @Nullable Path pcap;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Writes the run as one page: sequence chart, blocks and channel use over time, retries,"
              + " GBCS messages with their fields.")
  private @Nullable Path html;

  @Option(
      names = "--mermaid",
      paramLabel = "FILE",
      description = "Writes the sequence chart as Mermaid text, for documents.")
  private @Nullable Path mermaid;

  @Option(
      names = "--evidence",
      paramLabel = "FILE.html",
      description =
          "Writes the requirements that are seen in this run, each with the message or event that"
              + " shows it.")
  private @Nullable Path evidence;

  @Option(
      names = "--messages",
      paramLabel = "DIR",
      description =
          "Writes every GBCS message between head end and home as a numbered .HEX, which hanota"
              + " gbcs inspect reads.")
  private @Nullable Path messages;

  @Mixin private final Series.Choice csv = new Series.Choice();

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Option(names = "--json", description = "Prints one JSON object instead.")
  private boolean json;

  /** Whether JSON is wanted. */
  boolean isJson() {
    return json;
  }

  /** Whether something is to be written besides. */
  boolean isAnyGiven() {
    return bankDir != null || trace != null || pcap != null || evidence != null || messages != null;
  }

  /**
   * Runs the scenario to its end.
   *
   * @param fittings the files that it names
   * @param notes lines about what was chosen for the user
   */
  int run(Scenario scenario, Fittings fittings, List<String> notes) throws IOException {
    long wallStart = System.nanoTime();
    List<DevicePlan> plans = plans(scenario, fittings);
    if (bankDir != null) {
      OutputFile.makeFolder(bankDir);
      OutputFile.refuseExisting(
          plans.stream().map(plan -> bank(bankDir, plan.name())).toList(), choice.existing());
    }
    PrintWriter out = spec.commandLine().getOut();
    HomeView view = json ? new HomeJson(out) : new HomeText(out);
    view.begin(scenario, plans, notes);
    HomeReport report;
    MessageFolder written = MessageFolder.in(messages, choice.existing());
    Evidence shown = Evidence.to(evidence, choice.existing(), typed());
    HomeViews views = HomeViews.to(html, mermaid, choice.existing());
    try (Series series = csv.begin(choice.existing());
        HomeTrace tracing = HomeTrace.to(trace, choice.existing());
        HomePcap capture = HomePcap.to(pcap, scenario.seed(), choice.existing())) {
      Home.Listener listener =
          rows(series, tracing.before(written.before(shown.before(views.before(view)))));
      report = Home.run(scenario, capture.before(listener), fittings);
    } catch (InvariantViolated violated) {
      out.flush();
      violated.lastEvents().forEach(spec.commandLine().getErr()::println);
      throw new CommandFailed(
          violated.getMessage() + ". This is a fault of hanota. replay: " + typed());
    }
    writeBanks(report);
    boolean endedWell = endedWell(scenario, report);
    shown.write(report, endedWell);
    views.write(report, endedWell, typed());
    view.end(report, endedWell, System.nanoTime() - wallStart);
    out.flush();
    return endedWell ? ExitCode.DONE : ExitCode.WRONG;
  }

  private static Home.Listener rows(Series series, Home.Listener next) {
    return new PassedOn(next) {
      @Override
      public void event(long virtualNanos, String device, UpdateEvent event) {
        series.happened(virtualNanos, device, event);
        super.event(virtualNanos, device, event);
      }
    };
  }

  /**
   * Whether every device is updated, or refuses the image if that is a sample with such a flaw, or
   * fails for a nemesis that explains it.
   */
  static boolean endedWell(Scenario scenario, HomeReport report) {
    return report.devices().stream()
        .allMatch(
            device ->
                refuses(scenario.world().device(device.name()).orElseThrow())
                    ? device.outcome() == DeviceReport.Outcome.FAILED
                        && device.detail().startsWith("INVALID_IMAGE")
                        && device.versionAfter().equals(device.versionBefore())
                    : device.succeeded() || report.explains(device));
  }

  private static boolean refuses(ScenarioDevice device) {
    return device.image() instanceof ImageSource.Sample sample && sample.flaw().isFoundByDevice();
  }

  private String typed() {
    return CommandLineText.of(spec.root().commandLine().getParseResult().originalArgs());
  }

  private static List<DevicePlan> plans(Scenario scenario, Fittings fittings) {
    List<DevicePlan> plans;
    try {
      plans =
          scenario.world().devices().stream()
              .map(device -> DevicePlan.of(device, fittings))
              .toList();
    } catch (FormatException otherFile) {
      throw new CommandFailed(String.valueOf(otherFile.getMessage()));
    }
    refuseParts(plans, scenario.world().hub());
    return plans;
  }

  /** The hub would refuse the first part; nobody sends what no hub takes. */
  private static void refuseParts(List<DevicePlan> plans, HubParameters hub) {
    for (DevicePlan plan : plans) {
      if (!hub.imageParts() && plan.image().length() > hub.maximumImageOctets()) {
        throw new CommandFailed(
            plan.imageName()
                + " has "
                + plan.image().length()
                + " octets, allowed "
                + hub.maximumImageOctets()
                + " (hubMaximumImageOctets) where no image comes in several files"
                + " (hubImageParts); try --profile consultation-2018");
      }
    }
  }

  private void writeBanks(HomeReport report) throws IOException {
    if (bankDir == null) {
      return;
    }
    for (DeviceReport device : report.devices()) {
      OutputFile.write(
          bank(bankDir, device.name()), device.received().toByteArray(), choice.existing());
    }
  }

  private static Path bank(Path folder, String device) {
    return folder.resolve(device + ".ota");
  }
}
