// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import static org.hanota.sim.scenario.Amounts.fraction;
import static org.hanota.sim.scenario.Amounts.integer;
import static org.hanota.sim.scenario.Amounts.number;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.hanota.headend.capacity.RegionCapacity;

/** A number of a scenario that can be varied: that of the file is replaced wherever it stands. */
public enum FleetKnob {
  SEED("seed", (of, value) -> of.with(number(value), of.homes())),
  HOMES("homes", (of, value) -> of.withHomes(number(value))),
  OCTETS(
      "octets",
      (of, value) ->
          of.with(new FleetImage(number(value), of.image().maximumDataSize(), of.image().parts()))),
  MAXIMUM_DATA_SIZE(
      "maximumDataSize",
      (of, value) ->
          of.with(new FleetImage(of.image().octets(), integer(value), of.image().parts()))),
  PARTS(
      "parts",
      (of, value) ->
          of.with(
              new FleetImage(of.image().octets(), of.image().maximumDataSize(), integer(value)))),
  /** Of each quality, outside of its bursts. */
  LOSS(
      "loss",
      (of, value) ->
          of.withQuality(
              of.quality().stream()
                  .map(q -> new LinkQuality(q.name(), q.share(), fraction(value), q.bursts()))
                  .toList())),
  /** Of each kind of device. */
  SILENT(
      "silent",
      (of, value) ->
          of.withDevices(
              of.devices().stream()
                  .map(
                      d ->
                          new FleetDevice(
                              d.name(),
                              d.type(),
                              d.share(),
                              d.verificationNanos(),
                              fraction(value),
                              d.sleep(),
                              d.firmware()))
                  .toList())),
  /** Of each firmware of each kind of device. */
  FAILS(
      "fails",
      (of, value) ->
          of.withDevices(of.devices().stream().map(d -> failing(d, fraction(value))).toList())),
  /** Of each region. */
  CELL_RATE(
      "cellRate",
      (of, value) ->
          of.withRegions(
              of.regions().stream()
                  .map(r -> region(r, number(value), r.capacity().homes()))
                  .toList())),
  /** Of each region. */
  HOMES_PER_CELL(
      "homesPerCell",
      (of, value) ->
          of.withRegions(
              of.regions().stream()
                  .map(r -> region(r, r.capacity().cellRate(), number(value)))
                  .toList())),
  STARTS(
      "starts",
      (of, value) -> {
        FleetCampaign.Pace pace = of.campaign().pace();
        return of.with(
            campaign(
                of.campaign(),
                new FleetCampaign.Pace(integer(value), pace.periodMillis()),
                of.campaign().supplierChanges()));
      }),
  SUPPLIER_CHANGES(
      "supplierChanges",
      (of, value) -> of.with(campaign(of.campaign(), of.campaign().pace(), fraction(value))));

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
  private final BiFunction<FleetScenario, String, FleetScenario> change;

  FleetKnob(String label, BiFunction<FleetScenario, String, FleetScenario> change) {
    this.label = label;
    this.change = change;
  }

  /** Its name in files. */
  public String label() {
    return label;
  }

  /** Their names. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(FleetKnob::label).toList();
  }

  /**
   * That of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FleetKnob ofLabel(String label) {
    for (FleetKnob each : values()) {
      if (each.label.equals(label)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "allowed " + labels().stream().collect(Collectors.joining(", ")));
  }

  /**
   * The scenario with another value.
   *
   * @throws IllegalArgumentException if it is not possible
   */
  public FleetScenario turn(FleetScenario scenario, String value) {
    return change.apply(scenario, value);
  }

  private static FleetDevice failing(FleetDevice of, double fails) {
    return new FleetDevice(
        of.name(),
        of.type(),
        of.share(),
        of.verificationNanos(),
        of.silent(),
        of.sleep(),
        of.firmware().stream()
            .map(each -> new FleetDevice.Firmware(each.version(), each.share(), fails))
            .toList());
  }

  private static FleetRegion region(FleetRegion of, long rate, long homes) {
    FleetRegion.check(rate, homes);
    RegionCapacity capacity = of.capacity();
    return new FleetRegion(
        of.share(),
        new RegionCapacity(capacity.name(), rate, homes, capacity.parameters()),
        of.outages());
  }

  private static FleetCampaign campaign(
      FleetCampaign of, FleetCampaign.Pace pace, double supplierChanges) {
    return new FleetCampaign(
        of.waves(), pace, supplierChanges, of.answerMillis(), of.endsMillis(), of.stepMillis());
  }
}
