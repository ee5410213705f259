// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ParameterRow;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.UpgradeTime;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.otaformat.FileKind;
import org.hanota.sim.link.SleepyDevice;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.RadioParameter;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.scenario.ScriptStep.Action;

/** Reads a scenario from YAML; what it does not know is refused with line and column. */
public final class ScenarioReader {
  private ScenarioReader() {}

  /**
   * The scenario in {@code text}.
   *
   * @throws ScenarioFault if it is none
   */
  public static Scenario read(String text) {
    YamlValue whole = YamlValue.read(text);
    YamlValue.Mapping map = whole.mapping();
    long seed = map.get("seed").as(Amounts::number);
    Optional<Long> tieSeed = map.find("tieSeed").map(value -> value.as(Amounts::number));
    World world = world(map.get("world"));
    List<ScriptStep> script =
        map.find("script").map(ScenarioReader::script).orElseGet(() -> Scripts.usual(world));
    Nemeses nemeses = map.find("nemeses").map(NemesesReader::read).orElse(Nemeses.NONE);
    Limits limits = map.find("limits").map(ScenarioReader::limits).orElse(Limits.DEFAULT);
    map.end();
    return whole.made(
        () ->
            new Scenario(
                seed,
                tieSeed.map(OptionalLong::of).orElse(OptionalLong.empty()),
                world,
                script,
                nemeses,
                limits));
  }

  private static World world(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    HubParameters hub = map.find("hub").map(ScenarioReader::hub).orElse(HubParameters.DEFAULT);
    boolean headEnd = map.find("headEnd").map(v -> v.as(Amounts::truth)).orElse(false);
    long latency = map.get("latency").as(Amounts::nanos);
    int payload = map.get("maximumPayload").as(Amounts::integer);
    Optional<Radio> radio = map.find("radio").map(ScenarioReader::radio);
    List<ScenarioDevice> devices = new ArrayList<>();
    map.get("devices").list().forEach(device -> devices.add(device(device)));
    map.end();
    return value.made(() -> new World(hub, headEnd, latency, payload, radio, devices));
  }

  private static Radio radio(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    Band band = map.get("band").as(Band::ofLabel);
    long period = map.find("meterPeriod").map(v -> v.as(Amounts::nanos)).orElse(0L);
    ParameterValues<RadioParameter> defaults = ParameterValues.defaults(RadioParameter.class);
    ParameterValues<RadioParameter> values =
        map.find("parameters")
            .map(v -> set(v, defaults, RadioParameter.values(), ParameterValues::with))
            .orElse(defaults);
    map.end();
    return value.made(() -> new Radio(new RadioSettings(band, true, values), period));
  }

  private static HubParameters hub(YamlValue value) {
    return set(value, HubParameters.DEFAULT, HubParameter.values(), HubParameters::with);
  }

  private static DeviceParameters parameters(YamlValue value) {
    return set(value, DeviceParameters.DEFAULT, DeviceParameter.values(), DeviceParameters::with);
  }

  /** Sets a row of a table. */
  private interface Setting<P, R> {
    P with(P parameters, R row, long value);
  }

  private static <P, R extends ParameterRow> P set(
      YamlValue value, P defaults, R[] rows, Setting<P, R> setting) {
    YamlValue.Mapping map = value.mapping();
    P set = defaults;
    for (R row : rows) {
      Optional<YamlValue> found = map.find(row.parameter().name());
      if (found.isPresent()) {
        long number = found.get().as(row.parameter()::parse);
        P before = set;
        set = found.get().made(() -> setting.with(before, row, number));
      }
    }
    map.end();
    return set;
  }

  private static ScenarioDevice device(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    String name = map.get("name").text();
    DeviceType type =
        map.get("type")
            .as(
                text ->
                    DeviceType.ofLabel(text)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "allowed ppmid, hcalcs, ihd, esme, gsme")));
    ImageSource image = image(map.get("image"));
    FileVersion running = map.get("running").as(ScenarioReader::version);
    UpgradeTime when = map.get("when").as(ScenarioReader::when);
    DeviceParameters parameters =
        map.find("parameters").map(ScenarioReader::parameters).orElse(DeviceParameters.DEFAULT);
    Optional<Sleep> sleep = map.find("sleep").map(ScenarioReader::sleep);
    map.end();
    return value.made(
        () -> new ScenarioDevice(name, type, image, running, when, parameters, sleep));
  }

  /** How a device sleeps. */
  public static Sleep sleep(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    long poll = map.get("poll").as(Amounts::nanos);
    long fastPoll = map.get("fastPoll").as(Amounts::nanos);
    long kept = map.find("kept").map(v -> v.as(Amounts::nanos)).orElse(SleepyDevice.KEPT_NANOS);
    map.end();
    return value.made(() -> new Sleep(poll, fastPoll, kept));
  }

  private static FileVersion version(String text) {
    if (!text.matches("[0-9A-F]{8}")) {
      throw new IllegalArgumentException("allowed 8 hex digits, upper case");
    }
    return new FileVersion(Long.parseLong(text, 16));
  }

  private static UpgradeTime when(String text) {
    if (text.equals("now")) {
      return new UpgradeTime.Now();
    } else if (text.equals("held")) {
      return new UpgradeTime.Held();
    }
    try {
      return new UpgradeTime.At(Instant.parse(text).toEpochMilli());
    } catch (DateTimeException noTime) {
      throw new IllegalArgumentException(
          "allowed now, held or a time as 2026-01-01T12:00:00Z", noTime);
    }
  }

  private static ImageSource image(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    Optional<YamlValue> sample = map.find("sample");
    ImageSource source = sample.isPresent() ? sample(sample.get()) : file(map.get("file"));
    map.end();
    return source;
  }

  private static ImageSource sample(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    long seed = map.get("seed").as(Amounts::number);
    int octets = map.get("firmwareOctets").as(Amounts::integer);
    ImageSource.Flaw flaw =
        map.find("flaw")
            .map(v -> v.as(text -> constant(ImageSource.Flaw.class, text)))
            .orElse(ImageSource.Flaw.NONE);
    map.end();
    return value.made(() -> new ImageSource.Sample(seed, octets, flaw));
  }

  private static ImageSource file(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    String path = map.get("path").text();
    FileKind kind =
        map.get("kind")
            .as(
                text ->
                    FileKind.ofLabel(text)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "allowed zigbee, gb-meter, gb-ppmid")));
    Octets sha256 = map.get("sha256").as(ScenarioReader::hash);
    ImageSource.Check check = check(map);
    map.end();
    return value.made(() -> new ImageSource.File(path, kind, sha256, check));
  }

  private static ImageSource.Check check(YamlValue.Mapping map) {
    Optional<YamlValue> key = map.find("key");
    YamlValue name = map.get("check");
    if (key.isEmpty()) {
      ImageSource.Kind kind = name.as(text -> constant(ImageSource.Kind.class, text));
      return new ImageSource.Keyless(kind, map.get("reason").text());
    }
    return new ImageSource.Signed(
        name.as(text -> constant(ImageSource.Signature.class, text)),
        key.get().text(),
        map.get("keySha256").as(ScenarioReader::hash));
  }

  private static Octets hash(String text) {
    if (!text.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("allowed 64 hex digits, lower case");
    }
    return Octets.fromHex(text);
  }

  /** The constant that {@link ScenarioWriter#label} writes so. */
  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    for (E each : type.getEnumConstants()) {
      if (ScenarioWriter.label(each).equals(text)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "allowed "
            + String.join(
                ", ", Arrays.stream(type.getEnumConstants()).map(ScenarioWriter::label).toList()));
  }

  private static List<ScriptStep> script(YamlValue value) {
    return value.list().stream().map(ScenarioReader::step).toList();
  }

  private static ScriptStep step(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    ScriptStep.Cue cue = map.get("cue").as(text -> constant(ScriptStep.Cue.class, text));
    long after = map.find("after").map(v -> v.as(Amounts::nanos)).orElse(0L);
    String device = map.get("device").text();
    Action action = action(map, map.get("do"));
    map.end();
    return value.made(() -> new ScriptStep(cue, after, device, action));
  }

  private static Action action(YamlValue.Mapping map, YamlValue name) {
    return switch (name.text()) {
      case "offer" -> new Action.Offer(map.find("image").map(ScenarioReader::image));
      case "activate" ->
          new Action.Activate(
              map.find("in")
                  .map(v -> OptionalLong.of(v.as(Amounts::nanos)))
                  .orElse(OptionalLong.empty()));
      case "activateOther" -> new Action.ActivateOther();
      case "cancel" -> new Action.Cancel();
      case "replay" -> new Action.Replay();
      case "changeSupplier" -> new Action.ChangeSupplier();
      case "activateAsFormer" -> new Action.ActivateAsFormer();
      case "stepClock" -> new Action.StepClock(map.get("by").as(Amounts::nanos) / 1_000_000);
      default ->
          throw name.fault(
              "is '"
                  + name.text()
                  + "', allowed offer, activate, activateOther, cancel, replay, changeSupplier,"
                  + " activateAsFormer, stepClock");
    };
  }

  private static Limits limits(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    long safety = map.get("safety").as(Amounts::nanos);
    long liveness = map.get("liveness").as(Amounts::nanos);
    map.end();
    return value.made(() -> new Limits(safety, liveness));
  }
}
