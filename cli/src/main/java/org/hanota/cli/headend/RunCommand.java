// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hanota.api.ParameterValues;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.cli.RunFolder;
import org.hanota.cli.SetOption;
import org.hanota.cli.simulate.ImageFiles;
import org.hanota.cli.simulate.ScenarioFile;
import org.hanota.device.DeviceType;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.request.Request;
import org.hanota.headend.store.Stored;
import org.hanota.sim.DevicePlan;
import org.hanota.sim.DeviceReport;
import org.hanota.sim.Home;
import org.hanota.sim.HomeHeadEnd;
import org.hanota.sim.HomeReport;
import org.hanota.sim.RequestedHeadEnd;
import org.hanota.sim.SampleImages;
import org.hanota.sim.check.InvariantViolated;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hanota headend run}: requests through head end, hub and devices. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Puts the service requests of a folder to a DCC and shows what becomes of them in a home.",
      "Users' systems, DCC, hub and devices are simulated in virtual time by the real machines; the"
          + " user signs requests and pre-commands with keys of the seed, and counts anew.",
      "Requests go in the order of their files' names, each once nothing more follows from the one"
          + " before. Without a folder they are those that update every device."
    },
    footer = {
      "",
      "Example:",
      "  hanota headend run --devices esme,ppmid --make-requests requests",
      "  hanota headend run requests --devices esme,ppmid -o answers",
      "",
      "Exit: 0 every device is updated / 1 one is not, or a file is wrong / 2 used wrongly."
    })
final class RunCommand implements Callable<Integer> {
  /** What a run writes. */
  private static final String WRITTEN =
      "[0-9]{4}-(request|response)\\.xml|inventory\\.json|audit\\.json";

  private static final String DEFAULT_DEVICES = "ppmid,esme";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      description = "Service requests of DUIS, *.xml; signatures in them are passed over.")
  private @Nullable Path folder;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description =
          "The home, as simulate home --print-scenario writes it; its script is not used.")
  private @Nullable Path scenario;

  @Option(
      names = "--devices",
      paramLabel = "TYPES",
      description =
          "The home's devices, any number of ppmid, hcalcs, ihd, esme, gsme (default: "
              + DEFAULT_DEVICES
              + ").")
  private @Nullable String devices;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Keys, images and losses follow from it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--make-requests",
      paramLabel = "DIR",
      description = "Writes the requests that update every device into DIR and runs nothing.")
  private @Nullable Path makeRequests;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description =
          "Writes every message between users and DCC as XML, numbered, and the DCC's inventory and"
              + " audit log.")
  private @Nullable Path output;

  @Mixin private final SetOption set = new SetOption();

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Override
  public Integer call() throws IOException {
    set.check(List.of(HeadEndParameter.class));
    Scenario home = home();
    ImageFiles files = new ImageFiles();
    List<DevicePlan> plans =
        home.world().devices().stream().map(device -> DevicePlan.of(device, files)).toList();
    if (makeRequests != null) {
      return make(makeRequests, HomeRequests.of(plans));
    }
    List<Request> requests = folder == null ? HomeRequests.of(plans) : RequestFiles.read(folder);
    return run(home, requests);
  }

  private Scenario home() throws IOException {
    if (scenario != null) {
      if (devices != null) {
        throw wrongUse("both --scenario and --devices are given, allowed one");
      }
      Scenario read = ScenarioFile.read(scenario);
      if (!read.world().hasHeadEnd()) {
        throw new CommandFailed(scenario + ": has headEnd: none, allowed real and stand-in");
      }
      return read;
    }
    Map<DeviceType, Integer> numbers = new EnumMap<>(DeviceType.class);
    List<ScenarioDevice> chosen = new ArrayList<>();
    for (String label : (devices == null ? DEFAULT_DEVICES : devices).split(",", -1)) {
      DeviceType type =
          DeviceType.ofLabel(label.strip())
              .orElseThrow(
                  () ->
                      wrongUse(
                          "--devices has \""
                              + label
                              + "\", allowed ppmid, hcalcs, ihd, esme, gsme"));
      String name = type.label() + "-" + numbers.merge(type, 1, Integer::sum);
      chosen.add(SampleImages.device(seed, name, type));
    }
    return Scenario.builder(seed).devices(chosen).headEnd(Scripts::usual).build();
  }

  private int make(Path into, List<Request> requests) throws IOException {
    OutputFile.makeFolder(into);
    for (int i = 0; i < requests.size(); i++) {
      String name =
          String.format(
              java.util.Locale.ROOT, "%02d-%s.xml", i + 1, requests.get(i).service().variant());
      OutputFile.write(
          into.resolve(name), Duis.write(requests.get(i)).toByteArray(), choice.existing());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(requests.size() + " requests in " + into);
    out.flush();
    return ExitCode.DONE;
  }

  private int run(Scenario home, List<Request> requests) throws IOException {
    RunFolder folder = output == null ? null : RunFolder.begin(output, WRITTEN, choice.existing());
    PrintWriter out = spec.commandLine().getOut();
    RunListener listener = new RunListener(out, folder);
    Requested fittings = new Requested(requests, set.values(HeadEndParameter.class), listener);
    HomeReport report;
    try {
      report = Home.run(home, listener, fittings);
    } catch (InvariantViolated violated) {
      throw new CommandFailed(violated.getMessage() + "; this is a fault of hanota");
    }
    List<Stored> kept = fittings.kept();
    if (folder != null) {
      folder.write("inventory.json", InventoryText.json(kept).getBytes(StandardCharsets.UTF_8));
      folder.write("audit.json", AuditText.json(kept).getBytes(StandardCharsets.UTF_8));
    }
    out.println();
    InventoryText.lines(kept).forEach(out::println);
    for (DeviceReport device : report.devices()) {
      out.println(device.name() + ": " + device.outcome() + " " + device.detail());
    }
    out.flush();
    return report.succeeded() ? ExitCode.DONE : ExitCode.WRONG;
  }

  private ParameterException wrongUse(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  /** A home whose supplier puts the requests. */
  private static final class Requested extends ImageFiles {
    private final List<Request> requests;
    private final ParameterValues<HeadEndParameter> parameters;
    private final RunListener listener;
    private @Nullable RequestedHeadEnd headEnd;

    Requested(
        List<Request> requests,
        ParameterValues<HeadEndParameter> parameters,
        RunListener listener) {
      this.requests = requests;
      this.parameters = parameters;
      this.listener = listener;
    }

    @Override
    public HomeHeadEnd headEnd(HomeHeadEnd.Site site) {
      headEnd = new RequestedHeadEnd(site, requests, parameters, listener, event -> {});
      return headEnd;
    }

    List<Stored> kept() {
      return headEnd == null ? List.of() : headEnd.keptByDsp();
    }
  }
}
