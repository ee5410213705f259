// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.Arrays;
import org.hanota.api.SeededRandom;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.headend.capacity.RegionCapacity;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;

/**
 * When the homes of one cell of the WAN have the image. The hubs that a cell serves at once share
 * what it has for firmware; the others wait for their turn, in the order of their requests. Lost
 * packets are sent again; while the cell or its region is down nothing moves. One object for all
 * cells of a region in turn.
 */
final class WanCell {
  private static final double UNIT = 0x1.0p-53;
  private static final double MILLION = 1e6;
  private static final int INDEX_BITS = 20;
  private static final long INDEX = (1L << INDEX_BITS) - 1;

  private final FleetScenario scenario;
  private final FleetLayout layout;
  private final int region;
  private final RegionCapacity capacity;
  private final long[] packets;
  private final SupplierChanges changes;
  private final double logWhole;
  private final long[] free;
  private final long slotRate;

  private long firstHome = -1;
  private int homes;
  private long[] keys = new long[0];
  private long[] arrivals = new long[0];
  private int[] sent = new int[0];

  WanCell(FleetScenario scenario, FleetLayout layout, int region) {
    this.scenario = scenario;
    this.layout = layout;
    this.region = region;
    this.capacity = scenario.regions().get(region).capacity();
    this.packets =
        scenario.image().files().stream()
            .mapToLong(file -> capacity.packets(file.octets()))
            .toArray();
    this.changes = new SupplierChanges(scenario);
    double loss = get(CapacityParameter.PACKET_LOSS) / MILLION;
    this.logWhole = loss == 0 ? 0 : StrictMath.log1p(-loss);
    this.free = new long[capacity.concurrency()];
    this.slotRate =
        Math.max(
            1, Math.min(get(CapacityParameter.LINK_RATE), capacity.firmwareRate() / free.length));
  }

  private long get(CapacityParameter row) {
    return capacity.parameters().get(row);
  }

  /** The cell that a home is in. */
  long cell(long home) {
    return (home - layout.firstHome(region)) / capacity.homes();
  }

  /** Computes the arrivals of a cell for the waves up to {@code wave}. */
  void compute(long cell, int wave, WaveTimes times) {
    firstHome = layout.firstHome(region) + cell * capacity.homes();
    homes = (int) (Math.min(firstHome + capacity.homes(), layout.endHome(region)) - firstHome);
    if (keys.length < homes) {
      keys = new long[homes];
      arrivals = new long[homes * packets.length];
      sent = new int[homes];
    }
    int asked = 0;
    long last = layout.cut(region, wave + 1);
    for (int i = 0; i < homes; i++) {
      long place = layout.place(region, firstHome + i);
      Arrays.fill(arrivals, i * packets.length, (i + 1) * packets.length, WaveTimes.NEVER);
      sent[i] = 0;
      if (place < last) {
        // A place is below 2^30 and a cell has below 2^20 homes.
        keys[asked++] = place << INDEX_BITS | i;
      }
    }
    Arrays.sort(keys, 0, asked);
    Arrays.fill(free, 0);
    SeededRandom outages = Streams.of(scenario.seed(), firstHome).of(Purpose.FLEET_OUTAGE);
    Downtime downtime =
        new Downtime(
            scenario.regions().get(region).outages(),
            get(CapacityParameter.MEAN_UP),
            get(CapacityParameter.MEAN_DOWN),
            outages);
    for (int k = 0; k < asked; k++) {
      int index = (int) (keys[k] & INDEX);
      long place = keys[k] >>> INDEX_BITS;
      int of = layout.wave(region, place);
      long order = times.order(of, region, place - layout.cut(region, of));
      if (order != WaveTimes.NEVER && changes.millis(firstHome + index) > order) {
        serve(index, order, downtime);
      }
    }
  }

  private void serve(int index, long order, Downtime downtime) {
    int slot = 0;
    for (int i = 1; i < free.length; i++) {
      slot = free[i] < free[slot] ? i : slot;
    }
    long home = firstHome + index;
    SeededRandom random = Streams.of(scenario.seed(), home).of(Purpose.FLEET_WAN);
    long start = Math.max(order, free[slot]);
    long all = 0;
    for (int file = 0; file < packets.length; file++) {
      all += packets[file] + resent(packets[file], random);
      long work = all * get(CapacityParameter.PACKET_OCTETS) * 1_000 / slotRate;
      free[slot] = downtime.finish(start, work);
      arrivals[index * packets.length + file] = free[slot];
    }
    sent[index] = (int) all;
  }

  /** Packets that were lost, those that were lost again among them: from loss to loss. */
  private long resent(long all, SeededRandom random) {
    if (logWhole == 0) {
      return 0;
    }
    long lost = 0;
    long left = all;
    while (true) {
      double uniform = ((random.nextLong() >>> 11) + 1) * UNIT;
      long whole = (long) (StrictMath.log(uniform) / logWhole);
      if (whole >= left) {
        return lost;
      }
      left -= whole;
      lost++;
    }
  }

  /**
   * When the hub of a home of the last cell has a file; {@link WaveTimes#NEVER} if it gets none.
   */
  long arrival(long home, int file) {
    return arrivals[(int) (home - firstHome) * packets.length + file];
  }

  /** Octets that went over the WAN to it. */
  long octets(long home) {
    return sent[(int) (home - firstHome)] * get(CapacityParameter.PACKET_OCTETS);
  }

  /** Whether the home is in the cell that was computed last. */
  boolean has(long home) {
    return home >= firstHome && home < firstHome + homes;
  }
}
