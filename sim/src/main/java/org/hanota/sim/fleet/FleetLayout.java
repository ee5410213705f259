// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.List;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;

/**
 * Where homes are and in which wave, by their numbers alone. The homes of a region follow each
 * other, so do those of a cell. The first places of a region's permutation have a device that is
 * updated, and the waves take them in the order of the places.
 */
final class FleetLayout {
  private static final int WHOLE = 100;

  private final FleetScenario scenario;
  private final long[] first;
  private final long[] devices;
  private final long[][] cuts;
  private final Scatter[] places;

  FleetLayout(FleetScenario scenario) {
    this.scenario = scenario;
    List<FleetRegion> regions = scenario.regions();
    int share = scenario.devices().stream().mapToInt(FleetDevice::share).sum();
    first = new long[regions.size() + 1];
    devices = new long[regions.size()];
    places = new Scatter[regions.size()];
    int before = 0;
    for (int i = 0; i < regions.size(); i++) {
      before += regions.get(i).share();
      first[i + 1] = scenario.homes() * before / WHOLE;
      long homes = first[i + 1] - first[i];
      devices[i] = homes * share / WHOLE;
      long key = Streams.of(scenario.seed(), i).of(Purpose.FLEET_ORDER).nextLong();
      places[i] = new Scatter(Math.max(1, homes), key);
    }
    cuts = cuts();
  }

  /** For each region, how many devices the waves up to each have. */
  private long[][] cuts() {
    int waves = scenario.campaign().waves().size();
    long[][] found = new long[devices.length][waves + 1];
    for (int wave = 0; wave < waves; wave++) {
      long left = 0;
      for (int region = 0; region < devices.length; region++) {
        left += devices[region] - found[region][wave];
      }
      long wanted = scenario.campaign().waves().get(wave).size().of(left);
      long leftBefore = 0;
      long given = 0;
      for (int region = 0; region < devices.length; region++) {
        // By what is left up to each region, so that the parts come to the whole.
        leftBefore += devices[region] - found[region][wave];
        long upTo = left == 0 ? 0 : Math.multiplyExact(wanted, leftBefore) / left;
        found[region][wave + 1] = found[region][wave] + upTo - given;
        given = upTo;
      }
    }
    return found;
  }

  int regions() {
    return devices.length;
  }

  /** The region of a home. */
  int region(long home) {
    int region = 0;
    while (home >= first[region + 1]) {
      region++;
    }
    return region;
  }

  /** The number of a region's first home. */
  long firstHome(int region) {
    return first[region];
  }

  /** The number after that of its last. */
  long endHome(int region) {
    return first[region + 1];
  }

  /** The place of a home in its region. */
  long place(int region, long home) {
    return places[region].place(home - first[region]);
  }

  /** The wave of a place; the number of waves if no wave has it, or it has no device. */
  int wave(int region, long place) {
    int wave = 0;
    while (wave < cuts[region].length - 1 && place >= cuts[region][wave + 1]) {
      wave++;
    }
    return wave;
  }

  /** How many places of a region the waves before {@code wave} have. */
  long cut(int region, int wave) {
    return cuts[region][wave];
  }

  /** Devices of a wave in a region. */
  long devices(int region, int wave) {
    return cuts[region][wave + 1] - cuts[region][wave];
  }

  /** Devices of a wave. */
  long devices(int wave) {
    long sum = 0;
    for (int region = 0; region < devices.length; region++) {
      sum += devices(region, wave);
    }
    return sum;
  }
}
