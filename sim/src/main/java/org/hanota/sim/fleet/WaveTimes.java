// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.Arrays;

/**
 * When the requests of each wave go out, as far as it is decided: one after the other in each
 * region, so many in a period. Times in milliseconds from the start of the campaign.
 */
final class WaveTimes {
  /** It has not begun. */
  static final long NEVER = Long.MAX_VALUE;

  private final FleetLayout layout;
  private final FleetCampaign.Pace pace;
  private final long[] starts;
  private final long[] stops;
  private final long[][] periods;
  private final long[][] used;

  WaveTimes(FleetLayout layout, FleetCampaign campaign) {
    this.layout = layout;
    this.pace = campaign.pace();
    int waves = campaign.waves().size();
    starts = new long[waves];
    stops = new long[waves];
    Arrays.fill(starts, NEVER);
    Arrays.fill(stops, campaign.endsMillis());
    periods = new long[waves][layout.regions()];
    used = new long[waves][layout.regions()];
  }

  /** Numbers that say these times again: the wave, and when each began and is stopped. */
  long[] recipe(int wave) {
    long[] recipe = new long[1 + 2 * starts.length];
    recipe[0] = wave;
    System.arraycopy(starts, 0, recipe, 1, starts.length);
    System.arraycopy(stops, 0, recipe, 1 + starts.length, stops.length);
    return recipe;
  }

  /** The same times in another process. */
  static WaveTimes of(FleetLayout layout, FleetCampaign campaign, long[] recipe) {
    WaveTimes times = new WaveTimes(layout, campaign);
    int waves = campaign.waves().size();
    FleetScenario.check("numbers of a recipe", recipe.length, 1 + 2 * waves, 1 + 2 * waves);
    for (int wave = 0; wave < waves; wave++) {
      if (recipe[1 + wave] != NEVER) {
        times.begin(wave, recipe[1 + wave]);
      }
      times.stop(wave, recipe[1 + waves + wave]);
    }
    return times;
  }

  boolean hasBegun(int wave) {
    return starts[wave] != NEVER;
  }

  /** Waves that have begun; each follows the one before. */
  int begun() {
    int waves = 0;
    while (waves < starts.length && hasBegun(waves)) {
      waves++;
    }
    return waves;
  }

  long start(int wave) {
    return starts[wave];
  }

  /** The wave begins then; what the one before has left goes out first. */
  void begin(int wave, long millis) {
    starts[wave] = millis;
    for (int region = 0; region < layout.regions(); region++) {
      long period = millis / pace.periodMillis();
      long before = 0;
      for (int earlier = wave - 1; earlier >= 0 && before == 0; earlier--) {
        long devices = layout.devices(region, earlier);
        if (devices > 0) {
          long last = used[earlier][region] + devices - 1;
          long lastPeriod = periods[earlier][region] + last / pace.startsPerPeriod();
          if (lastPeriod >= period) {
            period = lastPeriod;
            before = last % pace.startsPerPeriod() + 1;
          }
          break;
        }
      }
      periods[wave][region] = period;
      used[wave][region] = before;
    }
  }

  /** No request of the wave goes out from then on. */
  void stop(int wave, long millis) {
    stops[wave] = Math.min(stops[wave], millis);
  }

  /** Whether some request of the wave goes out then or later. */
  boolean goesBeyond(int wave, long millis) {
    if (stops[wave] <= millis) {
      return false;
    }
    for (int region = 0; region < layout.regions(); region++) {
      long devices = layout.devices(region, wave);
      if (devices > 0 && planned(wave, region, devices - 1) >= millis) {
        return true;
      }
    }
    return false;
  }

  private long planned(int wave, int region, long number) {
    long period = periods[wave][region] + (used[wave][region] + number) / pace.startsPerPeriod();
    return Math.max(starts[wave], period * pace.periodMillis());
  }

  /**
   * When the request to a device goes out; {@link #NEVER} if none does.
   *
   * @param number its number among those of its wave and region
   */
  long order(int wave, int region, long number) {
    if (!hasBegun(wave)) {
      return NEVER;
    }
    long millis = planned(wave, region, number);
    return millis >= stops[wave] ? NEVER : millis;
  }
}
