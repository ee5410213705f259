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

  /** Why a device was not updated. */
  public enum Cause {
    /** It refused the image, or rolled back. */
    REFUSED,
    /** It gave the transfer up. */
    TRANSFER,
    /** Its home changed its supplier. */
    SUPPLIER,
    /** Nothing was ever heard of it. */
    NO_ANSWER,
    /** It was not done when its silence became a failure. */
    TOO_LATE
  }

  /** What is summed for each part of the homes, so that results bear how far they vary. */
  public enum PartSum {
    ORDERED("ordered"),
    UPDATED("updated"),
    FAILED("failed"),
    SILENT("silent"),
    /** From the request to the confirmed version, of those updated. */
    UPDATED_MILLIS("updatedMillis"),
    /** That ended with the last block. */
    TRANSFERS("transfers"),
    TRANSFER_MICROS("transferMicros"),
    REPETITIONS("repetitions"),
    HUB_AIRTIME_MICROS("hubAirtimeMicros"),
    WAN_OCTETS("wanOctets");

    private final String label;

    PartSum(String label) {
      this.label = label;
    }

    /** Its name in files. */
    public String label() {
      return label;
    }
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
    /** From the request to the confirmed version, of those updated. */
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
  private static final int CAUSES = Cause.values().length;
  private static final int PART_SUMS = PartSum.values().length;

  /** Parts of the homes: cells in turn, since homes of one cell wait for each other. */
  static final int PARTS = 32;

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
            + (regions * TIMES + devices) * BINS
            + devices * steps
            + devices * CAUSES
            + PARTS * PART_SUMS;
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

  private int updated(int device) {
    return bins(regions * TIMES + devices) + device * steps;
  }

  private int causes(int device) {
    return updated(devices) + device * CAUSES;
  }

  @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as the run
  private int part(int part, PartSum sum) {
    return causes(devices) + part * PART_SUMS + sum.ordinal();
  }

  void updated(int device, int step) {
    values[updated(device) + Math.min(step, steps - 1)]++;
  }

  long updatedIn(int device, int step) {
    return values[updated(device) + step];
  }

  @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as the run
  void cause(int device, Cause cause) {
    values[causes(device) + cause.ordinal()]++;
  }

  @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as the run
  long caused(int device, Cause cause) {
    return values[causes(device) + cause.ordinal()];
  }

  void partSum(int part, PartSum sum, long value) {
    values[part(part, sum)] += value;
  }

  long ofPart(int part, PartSum sum) {
    return values[part(part, sum)];
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

  /** How many took up to {@code upper(bin)} and longer than those of the bin before. */
  @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as the run
  long inBin(int region, Time time, int bin) {
    return values[bins(region * TIMES + time.ordinal()) + bin];
  }

  long inDeviceBin(int device, int bin) {
    return values[bins(regions * TIMES + device) + bin];
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
