// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hanota.api.SeededRandom;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.link.LinkFaults;
import org.hanota.sim.link.MarkovLoss.State;
import org.hanota.sim.link.SleepyDevice;
import org.hanota.sim.link.Span;
import org.hanota.sim.scenario.Limits;
import org.hanota.sim.scenario.LinkFault;
import org.hanota.sim.scenario.Nemeses;
import org.hanota.sim.scenario.Nemesis;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.hanota.sim.scenario.Sleep;

/**
 * Draws scenarios: first which faults exist at all, then their rates, since all on at once hide
 * what needs one of them off. The scenario of a seed is always the same.
 */
public final class Swarm {
  private static final int MOST_DEVICES = 6;
  private static final int MOST_CUTS = 3;

  /** Octets of firmware that make one block. */
  private static final int BLOCK_OCTETS = 48;

  private static final int LEAST_BLOCKS = 40;
  private static final int MOST_BLOCKS = 1_000;

  /** One scenario in so many has images of full size. */
  private static final int FULL_SIZE_ONE_IN = 100;

  /** With headers and signatures nearly what a device holds. */
  private static final int FULL_SIZE_OCTETS = 760_000;

  /** So small that the larger images come in parts, some more of them. */
  private static final int PART_OCTETS = 700;

  private static final int PARTS = 4;

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long DAY_NANOS = 86_400 * SECOND_NANOS;
  private static final double HALF = 0.5;
  private static final double SLEEPY = 0.2;

  /** Short, so that the second phase is often reached; longer than any pause of one failure. */
  private static final Limits LIMITS = new Limits(10 * DAY_NANOS, 60 * DAY_NANOS);

  private final long seed;
  private final SeededRandom random;

  private Swarm(long seed) {
    this.seed = seed;
    this.random = Streams.of(seed, 0).of(Purpose.SWARM);
  }

  /** The scenario of a seed. */
  public static Scenario scenario(long seed) {
    return new Swarm(seed).draw();
  }

  private Scenario draw() {
    int octets = firmwareOctets();
    Scenario.Builder scenario =
        Scenario.builder(seed).devices(devices(octets)).faults(air()).hub(hub(octets));
    if (random.chance(HALF)) {
      scenario.tieSeed(random.nextLong());
    }
    switch (random.below(4)) {
      case 0 -> scenario.headEnd(Scripts::usual);
      case 1 -> scenario.headEnd(Scripts::dated);
      case 2 -> scenario.headEnd(Scripts::wrongImageFirst);
      default -> {}
    }
    List<Nemeses.PowerCut> cuts = new ArrayList<>();
    for (int left = some(); left > 0; left--) {
      cuts.add(new Nemeses.PowerCut(random.below(100), random.belowLong(20 * SECOND_NANOS)));
    }
    List<Nemeses.HubRestart> restarts = new ArrayList<>();
    for (int left = some(); left > 0; left--) {
      restarts.add(
          new Nemeses.HubRestart(
              random.belowLong(120 * SECOND_NANOS), random.belowLong(20 * SECOND_NANOS)));
    }
    scenario.powerCuts(cuts).hubRestarts(restarts).rates(rates()).limits(LIMITS);
    return scenario.links(links()).build();
  }

  private int firmwareOctets() {
    double fraction = random.below(1_000) / 1_000.0;
    double ratio = (double) MOST_BLOCKS / LEAST_BLOCKS;
    int blocks = (int) (LEAST_BLOCKS * StrictMath.pow(ratio, fraction));
    return random.below(FULL_SIZE_ONE_IN) == 0 ? FULL_SIZE_OCTETS : blocks * BLOCK_OCTETS;
  }

  /** Those of the air have their rates there. */
  private Map<Nemesis, Double> rates() {
    Map<Nemesis, Double> rates = new EnumMap<>(Nemesis.class);
    for (Nemesis nemesis : Nemesis.values()) {
      double rate = rate(highest(nemesis));
      if (rate > 0) {
        rates.put(nemesis, rate);
      }
    }
    return rates;
  }

  private static double highest(Nemesis nemesis) {
    return switch (nemesis) {
      case LOST, REPEATED, REORDERED, DELAYED, CORRUPTED, CORRUPTED_UNSEEN -> 0;
      case WORN_STORAGE -> 0.001;
      case DEVICE_STOPS -> 0.005;
      case POWER_CUT, TORN_WRITE, IO_ERROR, STORAGE_FULL -> 0.01;
      case HUB_POWER_CUT, HUB_IO_ERROR, HUB_STORAGE_FULL -> 0.01;
      case RESTART, HUB_RESTART, CLOCK_STEP -> 0.02;
      case CLOCK_SKEW,
          CLOCK_UNSET,
          WRONG_IMAGE,
          DAMAGED_IMAGE,
          TRUNCATED_IMAGE,
          REPLAYED_COMMAND,
          FOREIGN_COMMAND,
          DEVICE_LIES,
          METER_CUTS_HUB ->
          HALF;
    };
  }

  private List<LinkFault> links() {
    List<LinkFault> links = new ArrayList<>();
    if (random.chance(HALF)) {
      State good = new State(rate(0.05), SECOND_NANOS * (1 + random.below(20)), List.of(0.0, 1.0));
      long bad = SECOND_NANOS / 50 * (1 + random.below(100));
      State lossy = new State(HALF + random.below(50) / 100.0, bad, List.of(1.0, 0.0));
      links.add(new LinkFault.Bursts(LinkFault.ANY, LinkFault.ANY, List.of(good, lossy)));
    }
    if (random.chance(HALF)) {
      links.add(new LinkFault.Outage(LinkFault.ANY, ScenarioDevice.HUB, span(3_600)));
    }
    if (random.chance(HALF)) {
      links.add(new LinkFault.Outage(ScenarioDevice.HUB, LinkFault.ANY, span(3_600)));
    }
    if (random.chance(HALF)) {
      links.add(new LinkFault.Hold(LinkFault.ANY, LinkFault.ANY, span(60)));
    }
    return links;
  }

  private Span span(int longestSeconds) {
    return new Span(
        random.belowLong(600 * SECOND_NANOS), random.belowLong(longestSeconds * SECOND_NANOS));
  }

  /** None in half of the scenarios. */
  private int some() {
    return random.chance(HALF) ? 0 : 1 + random.below(MOST_CUTS);
  }

  private List<ScenarioDevice> devices(int octets) {
    List<ScenarioDevice> devices = new ArrayList<>();
    DeviceType[] types = DeviceType.values();
    for (int left = 1 + random.below(MOST_DEVICES); left > 0; left--) {
      DeviceType type = types[random.below(types.length)];
      String name = type.label() + "-" + (devices.size() + 1);
      ScenarioDevice device =
          SampleImages.device(seed, name, type, octets)
              .with(
                  DeviceParameters.DEFAULT
                      .with(DeviceParameter.JOURNAL_OCTETS, 200 + random.below(2_000))
                      .with(DeviceParameter.PAGE_SIZE, random.chance(HALF) ? 0 : 500)
                      .with(DeviceParameter.MAXIMUM_DATA_SIZE, 16 + random.below(60)));
      devices.add(random.chance(SLEEPY) ? device.with(sleep()) : device);
    }
    return devices;
  }

  private Sleep sleep() {
    return new Sleep(
        SECOND_NANOS * (1 + random.below(7)),
        SECOND_NANOS / 10 * (1 + random.below(10)),
        SleepyDevice.KEPT_NANOS);
  }

  private HubParameters hub(int octets) {
    HubParameters hub =
        HubParameters.DEFAULT
            .with(HubParameter.SERVES_UNASKED, false)
            .with(HubParameter.CONCURRENT_TRANSFERS, 1 + random.below(4))
            .with(HubParameter.MINIMUM_BLOCK_PERIOD, random.chance(HALF) ? 0 : 50);
    return random.chance(HALF)
        ? hub
        : hub.with(HubParameter.MAXIMUM_IMAGE_OCTETS, Math.max(PART_OCTETS, octets / PARTS));
  }

  private LinkFaults air() {
    return new LinkFaults(
        rate(0.2),
        rate(0.1),
        rate(0.1),
        rate(0.1),
        random.chance(HALF) ? rate(0.001) : 0,
        rate(0.1),
        SECOND_NANOS / 1_000 * (1 + random.below(4_000)));
  }

  /** Zero in half of the scenarios, else log-uniform over two decades up to {@code most}. */
  private double rate(double most) {
    boolean exists = random.chance(HALF);
    double decades = 2.0 * random.below(1_000) / 1_000;
    return exists ? most * StrictMath.pow(10, -decades) : 0;
  }
}
