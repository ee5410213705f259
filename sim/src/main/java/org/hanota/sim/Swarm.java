// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.SeededRandom;
import org.hanota.api.transport.LinkFaults;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.scenario.Nemeses;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;

/**
 * Draws scenarios: first which faults exist at all, then their rates, since all on at once hide
 * what needs one of them off. The scenario of a seed is always the same.
 */
public final class Swarm {
  private static final int MOST_DEVICES = 6;
  private static final int MOST_CUTS = 3;
  private static final int LEAST_FIRMWARE_OCTETS = 500;

  /** Doublings of the smallest firmware: up to 16,000 octets. */
  private static final int DOUBLINGS = 5;

  /** So small that the larger images come in parts, some more of them. */
  private static final int PART_OCTETS = 700;

  private static final int PARTS = 4;

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final double HALF = 0.5;

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
    int octets = (int) (LEAST_FIRMWARE_OCTETS * Math.scalb(1.0, random.below(DOUBLINGS + 1)));
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
    return scenario.powerCuts(cuts).hubRestarts(restarts).build();
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
      devices.add(
          SampleImages.device(seed, name, type, octets)
              .with(
                  DeviceParameters.DEFAULT
                      .with(DeviceParameter.JOURNAL_OCTETS, 200 + random.below(2_000))
                      .with(DeviceParameter.PAGE_SIZE, random.chance(HALF) ? 0 : 500)
                      .with(DeviceParameter.MAXIMUM_DATA_SIZE, 16 + random.below(60))));
    }
    return devices;
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
        0,
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
