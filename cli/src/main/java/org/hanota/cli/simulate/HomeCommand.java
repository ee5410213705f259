// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
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
import org.hanota.cli.DeviceCheck;
import org.hanota.cli.ExitCode;
import org.hanota.cli.ProfileOption;
import org.hanota.cli.SetOption;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.otaformat.FileKind;
import org.hanota.sim.SampleImages;
import org.hanota.sim.scenario.FarEnd;
import org.hanota.sim.scenario.LinkFault;
import org.hanota.sim.scenario.Nemeses.PowerCut;
import org.hanota.sim.scenario.Nemesis;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.ScenarioWriter;
import org.hanota.sim.scenario.Scripts;
import org.hanota.sim.scenario.Strike;
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
      "  hanota simulate home --story cancelled --evidence evidence.html",
      "  hanota simulate home --devices esme,ihd --print-scenario > home.yaml",
      "",
      "Exit: 0 every device is updated, or refuses a flawed sample / 1 one does not, or the image"
          + " is wrong / 2 used wrongly."
    })
public final class HomeCommand implements Callable<Integer> {
  private static final Pattern FAULT = Pattern.compile("([a-z-]+)@(\\d{1,9})(%|s)");
  private static final String DEFAULT_DEVICES = "ppmid,hcalcs,ihd";
  private static final String WRONG_IMAGE = "wrong-image";
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long POWER_CUT_NANOS = 5_000_000_000L;

  /** It serves what it is told to. */
  private static final HubParameters HUB =
      HubParameters.DEFAULT.with(HubParameter.SERVES_UNASKED, false);

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

  @Mixin private final DeviceCheck check = new DeviceCheck();

  @Mixin private final SetOption set = new SetOption();

  @Mixin private final ProfileOption profile = new ProfileOption();

  @Option(
      names = "--devices",
      paramLabel = "TYPES",
      description =
          "Any number of ppmid, hcalcs, ihd, esme, gsme (default: ppmid,hcalcs,ihd, or the types"
              + " that have the story).")
  private @Nullable String devices;

  @Option(
      names = "--loss",
      paramLabel = "FRACTION",
      defaultValue = "0.02",
      description = "Frames lost on the air, 0 to 1; 0.2 is 20 %% (default: ${DEFAULT-VALUE}).")
  private double loss;

  @Option(
      names = "--radio",
      paramLabel = "BAND",
      defaultValue = "none",
      description =
          "2.4GHz or 868MHz: all frames and a metering frame each 10 s share one channel with its"
              + " airtime, back-offs, retries and duty cycle, and --set knows its parameters; none:"
              + " each frame takes 4 ms (default: ${DEFAULT-VALUE}).")
  private String radio = RadioChoice.NONE;

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
          "power-cut@37%%: each device loses its power when so much has come; other nemeses of"
              + " docs/schema/scenario.json strike each device (or the hub) once in the same way,"
              + " or after so many seconds, as in hub-restart@90s. wrong-image: the head end first"
              + " sends a PPMID an image for other hardware (always so without --image). May be"
              + " given several times.")
  private List<String> faults = List.of();

  @Option(
      names = "--story",
      paramLabel = "NAME",
      description =
          "Plays a story of the standard with images of its own: future-dated, cancelled,"
              + " wrong-hash, replayed, wrong-image, wrong-signature, other-supplier,"
              + " large-image or change-of-supplier; without --devices on each type that has it.")
  private @Nullable String story;

  @Option(
      names = "--tie-seed",
      paramLabel = "NUMBER",
      description = "Draws another order for what happens at the same time, and changes no other.")
  private @Nullable Long tieSeed;

  @Option(
      names = "--print-scenario",
      description =
          "Prints the scenario as YAML and runs nothing; hanota simulate --scenario FILE runs it.")
  private boolean printScenario;

  @Mixin private final HomeOutputs outputs = new HomeOutputs();

  private final ImageFiles files = new ImageFiles();

  @Override
  public Integer call() throws IOException {
    Scenario scenario = scenario();
    if (printScenario) {
      spec.commandLine().getOut().print(ScenarioWriter.write(scenario));
      spec.commandLine().getOut().flush();
      return ExitCode.DONE;
    }
    return outputs.run(scenario, files, notes);
  }

  /** Lines about what was chosen for the user. */
  private final List<String> notes = new ArrayList<>();

  private Scenario scenario() throws IOException {
    if (!(loss >= 0 && loss <= 1)) {
      throw wrongUse("--loss is " + loss + ", allowed 0 to 1 (0.2 is 20 %)");
    }
    // What was typed wrongly is told before any file is opened.
    RadioChoice channel =
        RadioChoice.of(radio).orElseThrow(() -> wrongUse(RadioChoice.wrong(radio)));
    set.check(channel.tables());
    HubParameters hub = set.hub(channel.hub(profile.hub(HUB)));
    List<DeviceType> types = types();
    List<PowerCut> cuts = new ArrayList<>();
    List<Strike> strikes = new ArrayList<>();
    readFaults(cuts, strikes);
    Optional<Story> told = story();
    if (told.isPresent() && (image != null || !faults.isEmpty())) {
      throw wrongUse("--story is given, allowed only without --image and --fault");
    }
    if (kind != null && image == null) {
      throw wrongUse("--kind is given, allowed only with --image: the samples say what they are");
    }
    if (check.hasKey() && image == null) {
      throw wrongUse(
          "a key is named, allowed only with --image: the samples have keys of the seed");
    }
    if (faults.contains(WRONG_IMAGE) && !types.contains(DeviceType.PPMID)) {
      throw wrongUse("--fault wrong-image is for a ppmid, and --devices has none");
    }
    Map<DeviceType, Integer> numbers = new EnumMap<>(DeviceType.class);
    Optional<AnyImage> given = image == null ? Optional.empty() : Optional.of(read(image));
    List<ScenarioDevice> chosen = new ArrayList<>();
    for (DeviceType type : types) {
      String name = type.label() + "-" + numbers.merge(type, 1, Integer::sum);
      if (!profile.includes(type)) {
        notes.add(name + " is left out: " + outOfScope());
      } else if (told.isPresent()) {
        if (told.get().has(type)) {
          chosen.add(told.get().device(seed, name, type));
        } else {
          notes.add(name + " is left out: " + ofTypes(told.get()));
        }
      } else if (given.isEmpty()) {
        chosen.add(SampleImages.device(seed, name, type));
      } else if (type.activatedByCommand() && given.get().kind() != FileKind.GB_METER) {
        notes.add(
            name
                + " is left out: it takes GB meter files only, and this is a "
                + given.get().kind().label()
                + " file");
      } else {
        chosen.add(given.get().device(name, type));
      }
    }
    if (chosen.isEmpty()) {
      throw new CommandFailed(nobodyLeft(types, given));
    }
    told.ifPresent(s -> notes.add("story " + s.label() + ": " + s.words()));
    given.ifPresent(file -> notes.addAll(file.notes()));
    Scenario.Builder scenario =
        Scenario.builder(seed)
            .devices(chosen.stream().map(this::withParameters).toList())
            .loss(loss)
            .hub(hub)
            .headEnd(
                told.isPresent()
                    ? told.get()::script
                    : given.isEmpty() || faults.contains(WRONG_IMAGE)
                        ? Scripts::wrongImageFirst
                        : Scripts::usual)
            .powerCuts(cuts)
            .strikes(strikes);
    if (tieSeed != null) {
      scenario.tieSeed(tieSeed);
    }
    try {
      channel.radio(set).ifPresent(scenario::radio);
    } catch (IllegalArgumentException together) {
      throw wrongUse("--set: " + together.getMessage());
    }
    return withHeadEnd(scenario);
  }

  /** A real head end wherever it can do what is asked of it. */
  private Scenario withHeadEnd(Scenario.Builder builder) {
    Scenario scenario = builder.build();
    Optional<String> whyNot =
        FarEnd.whyNotReal(scenario.world().devices(), scenario.script(), scenario.nemeses());
    if (whyNot.isEmpty()) {
      return builder.realHeadEnd().build();
    }
    notes.add("a stand-in plays the supplier and the DCC: " + whyNot.get());
    return scenario;
  }

  private String nobodyLeft(List<DeviceType> types, Optional<AnyImage> given) {
    return types.stream().noneMatch(profile::includes)
        ? "no device is left: " + outOfScope()
        : story()
            .map(told -> "no device is left: " + ofTypes(told))
            .orElseGet(
                () ->
                    "no device is left that takes a "
                        + given.map(g -> g.kind().label()).orElse("")
                        + " file; try --devices ppmid");
  }

  private static String ofTypes(Story story) {
    return "the story " + story.label() + " is one of " + story.typeLabels();
  }

  private Optional<Story> story() {
    if (story == null) {
      return Optional.empty();
    }
    String label = story;
    return Optional.of(
        Story.ofLabel(label)
            .orElseThrow(
                () -> wrongUse("--story is \"" + label + "\", allowed " + Story.labels())));
  }

  private String outOfScope() {
    return profile
        .profile()
        .map(chosen -> "in scope of " + chosen.label() + " are " + chosen.scope())
        .orElseThrow();
  }

  private ScenarioDevice withParameters(ScenarioDevice device) {
    return device.with(set.device(device.parameters()));
  }

  private List<DeviceType> types() {
    if (devices == null && story().isPresent()) {
      return story().get().types();
    }
    List<DeviceType> types = new ArrayList<>();
    String named = devices == null ? DEFAULT_DEVICES : devices;
    for (String label : named.split(",", -1)) {
      types.add(
          DeviceType.ofLabel(label.strip())
              .orElseThrow(
                  () ->
                      wrongUse(
                          "--devices has \""
                              + label
                              + "\", allowed ppmid, hcalcs, ihd, esme, gsme")));
    }
    return types;
  }

  private void readFaults(List<PowerCut> cuts, List<Strike> strikes) {
    for (String fault : faults) {
      if (fault.equals(WRONG_IMAGE)) {
        continue;
      }
      Matcher matcher = FAULT.matcher(fault);
      Optional<Nemesis> nemesis =
          matcher.matches() ? Nemesis.ofLabel(matcher.group(1)) : Optional.empty();
      boolean isPercent = nemesis.isPresent() && matcher.group(3).equals("%");
      int number = nemesis.isPresent() ? Integer.parseInt(matcher.group(2)) : 0;
      if (nemesis.isEmpty() || (isPercent && (number > 100 || nemesis.get().isOfHub()))) {
        throw wrongUse(
            "--fault is \""
                + fault
                + "\", allowed power-cut@0% to power-cut@100%, NEMESIS@PERCENT% or"
                + " NEMESIS@SECONDSs (one of the hub by seconds only), wrong-image");
      } else if (isPercent && nemesis.get() == Nemesis.POWER_CUT) {
        cuts.add(new PowerCut(number, POWER_CUT_NANOS));
      } else {
        String node = nemesis.get().isOfHub() ? ScenarioDevice.HUB : LinkFault.ANY;
        strikes.add(
            isPercent
                ? Strike.atPercent(nemesis.get(), node, number)
                : Strike.at(nemesis.get(), node, number * SECOND_NANOS));
      }
    }
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
    return AnyImage.read(file, files, chosen, check);
  }

  private ParameterException wrongUse(String what) {
    return new CommandLine.ParameterException(spec.commandLine(), what);
  }
}
