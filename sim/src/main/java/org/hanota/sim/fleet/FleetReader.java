// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import static org.hanota.api.Parameter.DAY;
import static org.hanota.api.Parameter.HOUR;
import static org.hanota.api.Parameter.MINUTE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.ParameterRow;
import org.hanota.api.ParameterValues;
import org.hanota.device.DeviceType;
import org.hanota.headend.campaign.GroupSize;
import org.hanota.headend.campaign.Threshold;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.headend.capacity.RegionCapacity;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.RadioParameter;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.scenario.Amounts;
import org.hanota.sim.scenario.ScenarioFault;
import org.hanota.sim.scenario.ScenarioReader;
import org.hanota.sim.scenario.Sleep;
import org.hanota.sim.scenario.YamlValue;

/** Reads a fleet from YAML; what it does not know is refused with line and column. */
public final class FleetReader {
  private static final long MILLISECOND = 1_000_000;
  private static final int HUNDREDTHS = 100;

  private FleetReader() {}

  /**
   * The fleet in {@code text}.
   *
   * @throws ScenarioFault if it is none
   */
  public static FleetScenario read(String text) {
    YamlValue whole = YamlValue.read(text);
    YamlValue.Mapping map = whole.mapping();
    long seed = map.get("seed").as(Amounts::number);
    FleetScenario.Level level = map.get("level").as(FleetScenario.Level::ofLabel);
    long homes = map.get("homes").as(Amounts::number);
    int samples =
        map.find("samples").map(v -> v.as(Amounts::integer)).orElse(FleetScenario.SAMPLES);
    FleetImage image = image(map.get("image"));
    RadioSettings radio =
        map.find("radio").map(FleetReader::radio).orElse(RadioSettings.of(Band.GHZ_2_4));
    List<LinkQuality> quality = each(map.get("quality"), FleetReader::quality);
    List<FleetDevice> devices = each(map.get("devices"), FleetReader::device);
    List<FleetRegion> regions = each(map.get("regions"), FleetReader::region);
    FleetCampaign campaign = campaign(map.get("campaign"));
    map.end();
    return whole.made(
        () ->
            new FleetScenario(
                seed, level, homes, samples, image, radio, quality, devices, regions, campaign));
  }

  private interface Reader<T> {
    T read(YamlValue value);
  }

  private static <T> List<T> each(YamlValue value, Reader<T> reader) {
    List<T> found = new ArrayList<>();
    value.list().forEach(element -> found.add(reader.read(element)));
    return found;
  }

  private static long millis(YamlValue.Mapping map, String key, long otherwise) {
    return map.find(key).map(value -> value.as(FleetReader::millis)).orElse(otherwise);
  }

  private static long millis(String text) {
    long nanos = Amounts.nanos(text);
    if (nanos % MILLISECOND != 0) {
      throw new IllegalArgumentException("allowed whole milliseconds");
    }
    return nanos / MILLISECOND;
  }

  private static double fraction(YamlValue.Mapping map, String key) {
    return map.find(key).map(value -> value.as(Amounts::fraction)).orElse(0.0);
  }

  private static FleetImage image(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    long octets = map.get("octets").as(Amounts::number);
    int data = map.get("maximumDataSize").as(Amounts::integer);
    int parts = map.find("parts").map(v -> v.as(Amounts::integer)).orElse(1);
    map.end();
    return value.made(() -> new FleetImage(octets, data, parts));
  }

  private static RadioSettings radio(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    Band band = map.get("band").as(Band::ofLabel);
    ParameterValues<RadioParameter> values =
        parameters(map, RadioParameter.class, RadioParameter.values());
    map.end();
    return value.made(() -> new RadioSettings(band, true, values));
  }

  private static <R extends Enum<R> & ParameterRow> ParameterValues<R> parameters(
      YamlValue.Mapping map, Class<R> table, R[] rows) {
    ParameterValues<R> set = ParameterValues.defaults(table);
    Optional<YamlValue> value = map.find("parameters");
    if (value.isEmpty()) {
      return set;
    }
    YamlValue.Mapping names = value.get().mapping();
    for (R row : rows) {
      Optional<YamlValue> found = names.find(row.parameter().name());
      if (found.isPresent()) {
        long number = found.get().as(row.parameter()::parse);
        ParameterValues<R> before = set;
        set = found.get().made(() -> before.with(row, number));
      }
    }
    names.end();
    return set;
  }

  private static LinkQuality quality(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    String name = map.get("name").text();
    int share = map.get("share").as(Amounts::percent);
    double loss = map.get("loss").as(Amounts::fraction);
    Optional<LinkQuality.Bursts> bursts = map.find("bursts").map(FleetReader::bursts);
    map.end();
    return value.made(() -> new LinkQuality(name, share, loss, bursts));
  }

  private static LinkQuality.Bursts bursts(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    long good = map.get("good").as(Amounts::nanos);
    long bad = map.get("bad").as(Amounts::nanos);
    double loss = map.get("loss").as(Amounts::fraction);
    map.end();
    return value.made(() -> new LinkQuality.Bursts(good, bad, loss));
  }

  private static FleetDevice device(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    DeviceType type =
        map.get("type")
            .as(
                text ->
                    DeviceType.ofLabel(text)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "allowed ppmid, hcalcs, ihd, esme, gsme")));
    String name = map.find("name").map(YamlValue::text).orElse(map.get("type").text());
    int share = map.get("share").as(Amounts::percent);
    long verification = map.find("verification").map(v -> v.as(Amounts::nanos)).orElse(0L);
    double silent = fraction(map, "silent");
    Optional<Sleep> sleep = map.find("sleep").map(ScenarioReader::sleep);
    List<FleetDevice.Firmware> firmware = each(map.get("firmware"), FleetReader::firmware);
    map.end();
    return value.made(
        () -> new FleetDevice(name, type, share, verification, silent, sleep, firmware));
  }

  private static FleetDevice.Firmware firmware(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    FileVersion version =
        map.get("version")
            .as(
                text -> {
                  if (!text.matches("[0-9A-F]{8}")) {
                    throw new IllegalArgumentException("allowed 8 hex digits, upper case");
                  }
                  return new FileVersion(Long.parseLong(text, 16));
                });
    int share = map.get("share").as(Amounts::percent);
    double fails = fraction(map, "fails");
    map.end();
    return value.made(() -> new FleetDevice.Firmware(version, share, fails));
  }

  private static FleetRegion region(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    String name = map.get("name").text();
    int share = map.get("share").as(Amounts::percent);
    long rate = map.get("cellRate").as(Amounts::number);
    long homes = map.get("homesPerCell").as(Amounts::number);
    ParameterValues<CapacityParameter> parameters =
        parameters(map, CapacityParameter.class, CapacityParameter.values());
    List<FleetRegion.Outage> outages =
        map.find("outages").map(v -> each(v, FleetReader::outage)).orElse(List.of());
    map.end();
    return value.made(
        () -> {
          FleetRegion.check(rate, homes);
          return new FleetRegion(share, new RegionCapacity(name, rate, homes, parameters), outages);
        });
  }

  private static FleetRegion.Outage outage(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    long at = map.get("at").as(FleetReader::millis);
    long length = map.get("for").as(FleetReader::millis);
    map.end();
    return value.made(() -> new FleetRegion.Outage(at, length));
  }

  private static FleetCampaign campaign(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    List<FleetCampaign.Wave> waves = each(map.get("waves"), FleetReader::wave);
    FleetCampaign.Pace pace =
        map.find("pace")
            .map(FleetReader::pace)
            .orElse(new FleetCampaign.Pace(Integer.MAX_VALUE, MINUTE));
    double changes = fraction(map, "supplierChanges");
    long answer = millis(map, "answer", 30 * DAY);
    long ends = millis(map, "ends", 90 * DAY);
    long step = millis(map, "step", HOUR);
    map.end();
    return value.made(() -> new FleetCampaign(waves, pace, changes, answer, ends, step));
  }

  private static FleetCampaign.Pace pace(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    int starts = map.get("starts").as(Amounts::integer);
    long period = map.get("period").as(FleetReader::millis);
    map.end();
    return value.made(() -> new FleetCampaign.Pace(starts, period));
  }

  private static FleetCampaign.Wave wave(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    String name = map.get("name").text();
    GroupSize size = map.get("size").as(FleetReader::size);
    Threshold success = threshold(map.get("success"));
    Threshold error = threshold(map.get("error"));
    long soak = millis(map, "soak", 0);
    long gate = millis(map, "gate", -1);
    map.end();
    return new FleetCampaign.Wave(name, size, success, error, soak, gate);
  }

  private static GroupSize size(String text) {
    if (text.equals("all")) {
      return new GroupSize.All();
    } else if (text.endsWith("%")) {
      return new GroupSize.ShareOfRemaining(Amounts.percent(text), HUNDREDTHS);
    }
    try {
      long devices = Amounts.number(text);
      FleetScenario.check("size", devices, 1, Threshold.LARGEST);
      return new GroupSize.Count(devices);
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException(
          "allowed all, a number of devices, or a percentage of those that are left", none);
    }
  }

  private static Threshold threshold(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    Optional<YamlValue> share = map.find("share");
    Threshold made;
    if (share.isPresent()) {
      long part = share.get().as(Amounts::percent);
      long minimum = map.find("minimum").map(v -> v.as(Amounts::number)).orElse(1L);
      made = new Threshold.Share(part, HUNDREDTHS, minimum);
    } else {
      made = new Threshold.Count(map.get("devices").as(Amounts::number));
    }
    map.end();
    return made;
  }
}
