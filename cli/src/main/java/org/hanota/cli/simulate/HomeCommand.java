// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.CommandLineText;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.KeylessCheck;
import org.hanota.cli.OutputFile;
import org.hanota.cli.ProfileOption;
import org.hanota.cli.SetOption;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.otaformat.FileKind;
import org.hanota.sim.DeviceReport;
import org.hanota.sim.Home;
import org.hanota.sim.HomeReport;
import org.hanota.sim.HomeScenario;
import org.hanota.sim.HomeScenario.PowerCut;
import org.hanota.sim.InvariantViolated;
import org.hanota.sim.SampleImages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job: one home, its hub and its devices, from the offer to the new image. */
@Command(
    name = "home",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Simulates one home: a hub updates its devices over a lossy link.",
      "Without options it makes images of its own for a PPMID, an HCALCS and an IHD."
    },
    footer = {
      "",
      "Example:",
      "  hanota simulate home --image upgrade.ota --loss 0.2 --bank-dir banks",
      "",
      "Exit: 0 every device is updated / 1 one is not, or the image is wrong / 2 used wrongly."
    })
public final class HomeCommand implements Callable<Integer> {
  private static final Pattern POWER_CUT = Pattern.compile("power-cut@(\\d{1,2}|100)%");
  private static final String WRONG_IMAGE = "wrong-image";
  private static final long POWER_CUT_NANOS = 5_000_000_000L;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description =
          "Any OTA file; the devices take manufacturer code, image type and hardware "
              + "version from its header.")
  private @Nullable Path image;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "What stands behind the header: zigbee, gb-meter or gb-ppmid. Default: as the "
              + "octets say.")
  private @Nullable String kind;

  @Mixin private final KeylessCheck check = new KeylessCheck();

  @Mixin private final SetOption set = new SetOption();

  @Mixin private final ProfileOption profile = new ProfileOption();

  @Option(
      names = "--devices",
      paramLabel = "TYPES",
      defaultValue = "ppmid,hcalcs,ihd",
      description = "1 to 4 of ppmid, hcalcs, ihd, esme, gsme (default: ${DEFAULT-VALUE}).")
  private String devices = "";

  @Option(
      names = "--loss",
      paramLabel = "FRACTION",
      defaultValue = "0.02",
      description = "Frames lost on the air, 0 to 1; 0.2 is 20 %% (default: ${DEFAULT-VALUE}).")
  private double loss;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Everything random follows from it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      description =
          "power-cut@37%%: each device loses its power when so much has come. wrong-image: "
              + "the head end first sends a PPMID an image for other hardware (always so without "
              + "--image). May be given several times.")
  private List<String> faults = List.of();

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

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Option(names = "--json", description = "Prints one JSON object instead.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    long wallStart = System.nanoTime();
    HomeScenario scenario = scenario();
    if (bankDir != null) {
      OutputFile.makeFolder(bankDir);
      OutputFile.refuseExisting(
          scenario.devices().stream().map(plan -> bank(bankDir, plan.name())).toList(),
          choice.existing());
    }
    PrintWriter out = spec.commandLine().getOut();
    HomeView view = json ? new HomeJson(out) : new HomeText(out);
    view.begin(scenario, notes);
    HomeReport report;
    try (HomeTrace tracing = HomeTrace.to(trace, choice.existing());
        HomePcap capture = HomePcap.to(pcap, seed, choice.existing())) {
      report = Home.run(scenario, capture.before(tracing.before(view)));
    } catch (InvariantViolated violated) {
      throw new CommandFailed(violated.getMessage() + "; " + replay());
    }
    writeBanks(report);
    view.end(report, System.nanoTime() - wallStart);
    out.flush();
    return report.succeeded() ? ExitCode.DONE : ExitCode.WRONG;
  }

  private String replay() {
    return "this is a fault of hanota; replay: "
        + CommandLineText.of(spec.root().commandLine().getParseResult().originalArgs());
  }

  /** Lines about what was chosen for the user. */
  private final List<String> notes = new ArrayList<>();

  private HomeScenario scenario() throws IOException {
    if (!(loss >= 0 && loss <= 1)) {
      throw wrongUse("--loss is " + loss + ", allowed 0 to 1 (0.2 is 20 %)");
    }
    // What was typed wrongly is told before any file is opened.
    set.check(List.of(DeviceParameter.class, HubParameter.class));
    HubParameters hub = set.hub(profile.hub(HomeScenario.HUB));
    List<DeviceType> types = types();
    List<PowerCut> cuts = powerCuts();
    if (kind != null && image == null) {
      throw wrongUse("--kind is given, allowed only with --image: the samples say what they are");
    }
    if (faults.contains(WRONG_IMAGE) && !types.contains(DeviceType.PPMID)) {
      throw wrongUse("--fault wrong-image is for a ppmid, and --devices has none");
    }
    Map<DeviceType, Integer> numbers = new EnumMap<>(DeviceType.class);
    Optional<AnyImage> given = image == null ? Optional.empty() : Optional.of(read(image));
    List<HomeScenario.Plan> plans = new ArrayList<>();
    for (DeviceType type : types) {
      String name = type.label() + "-" + numbers.merge(type, 1, Integer::sum);
      if (!profile.includes(type)) {
        notes.add(name + " is left out: " + outOfScope());
      } else if (given.isEmpty()) {
        plans.add(SampleImages.plan(seed, name, type));
      } else if (type.activatedByCommand() && given.get().kind() != FileKind.GB_METER) {
        notes.add(
            name
                + " is left out: it takes GB meter files only, and this is a "
                + given.get().kind().label()
                + " file");
      } else {
        plans.add(given.get().plan(name, type));
      }
    }
    if (plans.isEmpty()) {
      throw new CommandFailed(nobodyLeft(types, given));
    }
    refuseParts(plans, hub);
    given.ifPresent(file -> notes.addAll(file.notes()));
    return HomeScenario.of(seed, plans.stream().map(this::withParameters).toList(), loss)
        .withHub(hub)
        .withHeadEnd(
            given.isEmpty() || faults.contains(WRONG_IMAGE)
                ? HomeScenario.HeadEnd.STAND_IN_WRONG_IMAGE_FIRST
                : HomeScenario.HeadEnd.STAND_IN)
        .withPowerCuts(cuts);
  }

  private String nobodyLeft(List<DeviceType> types, Optional<AnyImage> given) {
    return types.stream().noneMatch(profile::includes)
        ? "no device is left: " + outOfScope()
        : "no device is left that takes a "
            + given.map(g -> g.kind().label()).orElse("")
            + " file; try --devices ppmid";
  }

  private String outOfScope() {
    return profile
        .profile()
        .map(chosen -> "in scope of " + chosen.label() + " are " + chosen.scope())
        .orElseThrow();
  }

  /** The hub would refuse the first part; nobody sends what no hub takes. */
  private static void refuseParts(List<HomeScenario.Plan> plans, HubParameters hub) {
    for (HomeScenario.Plan plan : plans) {
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

  private HomeScenario.Plan withParameters(HomeScenario.Plan plan) {
    return plan.with(set.device(plan.parameters()));
  }

  private List<DeviceType> types() {
    List<DeviceType> types = new ArrayList<>();
    for (String label : devices.split(",", -1)) {
      types.add(
          DeviceType.ofLabel(label.strip())
              .orElseThrow(
                  () ->
                      wrongUse(
                          "--devices has \""
                              + label
                              + "\", allowed ppmid, hcalcs, ihd, esme, gsme")));
    }
    if (types.size() > HomeScenario.MAXIMUM_DEVICES) {
      throw wrongUse("--devices has " + types.size() + ", allowed 1 to 4");
    }
    return types;
  }

  private List<PowerCut> powerCuts() {
    List<PowerCut> cuts = new ArrayList<>();
    for (String fault : faults) {
      if (fault.equals(WRONG_IMAGE)) {
        continue;
      }
      Matcher matcher = POWER_CUT.matcher(fault);
      if (!matcher.matches()) {
        throw wrongUse(
            "--fault is \"" + fault + "\", allowed power-cut@0% to power-cut@100%, wrong-image");
      }
      cuts.add(new PowerCut(Integer.parseInt(matcher.group(1)), POWER_CUT_NANOS));
    }
    return cuts;
  }

  private AnyImage read(Path file) throws IOException {
    Optional<FileKind> chosen = Optional.empty();
    if (kind != null) {
      String label = kind;
      chosen =
          Optional.of(
              FileKind.ofLabel(label)
                  .orElseThrow(
                      () ->
                          wrongUse(
                              "--kind is \"" + label + "\", allowed zigbee, gb-meter, gb-ppmid")));
    }
    return AnyImage.read(file, chosen, check);
  }

  private ParameterException wrongUse(String what) {
    return new CommandLine.ParameterException(spec.commandLine(), what);
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
