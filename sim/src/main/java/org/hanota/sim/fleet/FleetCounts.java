// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import org.jspecify.annotations.Nullable;

/**
 * What is counted of the homes of a fleet: whole numbers in one array, so that two parts of a fleet
 * are added by adding them place by place, and no order of adding gives another sum.
 */
public final class FleetCounts {
  /** What happens to devices in a step of the campaign. */
  enum Kind {
    ORDERED,
    UPDATED,
    FAILED,
    SILENT
  }

  /** What is summed for each kind of device. */
  enum Sum {
    TRANSFERS,
    EXCHANGES,
    REPETITIONS,
    MICROS,
    HUB_AIRTIME_MICROS,
    DEVICE_AIRTIME_MICROS
  }

  /** What is distributed. */
  enum Time {
    /** From the request to the image in the hub. */
    WAN,
    /** From the first block request to the last block. */
    TRANSFER,
    /** From the request to the end. */
    WHOLE
  }

  private static final int BINS_PER_OCTAVE = 32;
  private static final int OCTAVES = 41;

  /** Bins of a distribution: below 32 ms each its own, then 32 in each octave. */
  static final int BINS = BINS_PER_OCTAVE * OCTAVES;

  private static final int KINDS = Kind.values().length;
  private static final int SUMS = Sum.values().length;
  private static final int TIMES = Time.values().length;
  private static final int CHECKS = 2;

  private final int regions;
  private final int devices;
  private final int steps;
  private final long[] values;

  FleetCounts(FleetScenario scenario) {
    this(scenario, null);
  }

  /** With values that another one of the same scenario gave; none for nothing counted yet. */
  FleetCounts(FleetScenario scenario, long @Nullable [] values) {
    this.regions = scenario.regions().size();
    this.devices = scenario.devices().size();
    this.steps = scenario.campaign().steps();
    int size =
        CHECKS
            + regions * (KINDS + 1) * steps
            + devices * SUMS
            + (regions * TIMES + devices) * BINS;
    this.values = values == null ? new long[size] : values;
    if (this.values.length != size) {
      throw new IllegalArgumentException("values are " + this.values.length + ", allowed " + size);
    }
  }

  /** The array itself; whoever takes it ends with the counts. */
  long[] values() {
    return values;
  }

  /** Adds what another one counted. */
  void add(long[] others) {
    for (int i = 0; i < values.length; i++) {
      values[i] += others[i];
    }
  }

  private int step(int region, int row, int step) {
    return CHECKS + (region * (KINDS + 1) + row) * steps + step;
  }

  private int sums() {
    return CHECKS + regions * (KINDS + 1) * steps;
  }

  private int bins(int row) {
    return sums() + devices * SUMS + row * BINS;
  }

  @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as the run
  void count(int region, Kind kind, int step) {
    values[step(region, kind.ordinal(), Math.min(step, steps - 1))]++;
  }

  void wanOctets(int region, int step, long octets) {
    values[step(region, KINDS, Math.min(step, steps - 1))] += octets;
  }

  @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as the run
  void sum(int device, Sum sum, long value) {
    values[sums() + device * SUMS + sum.ordinal()] += value;
  }

  @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as the run
  void time(int region, Time time, long millis) {
    values[bins(region * TIMES + time.ordinal()) + bin(millis)]++;
  }

  void deviceTime(int device, long millis) {
    values[bins(regions * TIMES + device) + bin(millis)]++;
  }

  /** What became of a home goes into the digest; the order of homes does not. */
  void check(long home, long what) {
    long mixed = Scatter.mix(Scatter.mix(home + 1) ^ what);
    values[0] += mixed;
    values[1] += Scatter.mix(mixed + home) | 1;
  }

  @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as the run
  long counted(int region, Kind kind, int step) {
    return values[step(region, kind.ordinal(), step)];
  }

  /** Of all regions. */
  long counted(Kind kind, int step) {
    long all = 0;
    for (int region = 0; region < regions; region++) {
      all += counted(region, kind, step);
    }
    return all;
  }

  long wanOctets(int region, int step) {
    return values[step(region, KINDS, step)];
  }

  @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as the run
  long sum(int device, Sum sum) {
    return values[sums() + device * SUMS + sum.ordinal()];
  }

  /** The time that so many of a thousand do not exceed, to a thirty-second; -1 if there is none. */
  @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as the run
  long quantileMillis(int region, Time time, int perMille) {
    return quantile(bins(region * TIMES + time.ordinal()), perMille);
  }

  long deviceQuantileMillis(int device, int perMille) {
    return quantile(bins(regions * TIMES + device), perMille);
  }

  private long quantile(int first, int perMille) {
    long all = 0;
    for (int i = 0; i < BINS; i++) {
      all += values[first + i];
    }
    if (all == 0) {
      return -1;
    }
    long wanted = Math.max(1, (all * perMille + 999) / 1_000);
    int bin = -1;
    for (long sum = 0; sum < wanted; sum += values[first + bin]) {
      bin++;
    }
    return upper(bin);
  }

  static int bin(long millis) {
    if (millis < BINS_PER_OCTAVE) {
      return (int) Math.max(0, millis);
    }
    int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(millis);
    int within = (int) (millis >>> (octave - 5)) & (BINS_PER_OCTAVE - 1);
    return Math.min(BINS - 1, (octave - 4) * BINS_PER_OCTAVE + within);
  }

  /** The largest time of a bin. */
  static long upper(int bin) {
    if (bin < BINS_PER_OCTAVE) {
      return bin;
    }
    int octave = bin / BINS_PER_OCTAVE + 4;
    long within = bin % BINS_PER_OCTAVE;
    return ((BINS_PER_OCTAVE + within + 1) << (octave - 5)) - 1;
  }
}
