// SPDX-License-Identifier: Apache-2.0
package org.hanota.study.wan;

import java.util.Arrays;
import org.hanota.api.SeededRandom;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.headend.capacity.RegionCapacity;

/**
 * One cell of a region: commands, readings and firmware on one channel, packet by packet, with
 * losses and outages. A packet on its way is not interrupted; commands go before readings, these
 * before firmware. The same seed gives the same result on any machine.
 */
public final class WanSimulation {
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  /** Purposes of the random streams. */
  private enum Purpose {
    LOSS,
    OUTAGE,
    COMMAND,
    READING
  }

  /** What came of it; times in ms, octets as they went over the channel. */
  public static final class Result {
    private final long[] homeMillis;
    private final long firmwareOctets;
    private final long[] commandWaits;
    private final long firmwareWaitMax;
    private final long[] readingWaits;

    private Result(
        long[] homeMillis,
        long firmwareOctets,
        long[] commandWaits,
        long firmwareWaitMax,
        long[] readingWaits) {
      this.homeMillis = homeMillis;
      this.firmwareOctets = firmwareOctets;
      this.commandWaits = commandWaits;
      this.firmwareWaitMax = firmwareWaitMax;
      this.readingWaits = readingWaits;
    }

    /** When each home had its image, in the order of that time. */
    public long[] homeMillis() {
      return homeMillis.clone();
    }

    /** Octets of firmware, those sent again among them. */
    public long firmwareOctets() {
      return firmwareOctets;
    }

    /** How long each command waited for its first try while the cell was up, in order of length. */
    public long[] commandWaits() {
      return commandWaits.clone();
    }

    /** The longest that a command waited for a packet of firmware. */
    public long firmwareWaitMax() {
      return firmwareWaitMax;
    }

    /** When the last home had its image. */
    public long lastMillis() {
      return homeMillis.length == 0 ? 0 : homeMillis[homeMillis.length - 1];
    }

    /** The time by which so many of a hundred homes had their image. */
    public long quantileMillis(int percent) {
      return quantile(homeMillis, percent);
    }

    /** The wait that so many of a hundred readings do not exceed. */
    public long readingWait(int percent) {
      return quantile(readingWaits, percent);
    }

    private static long quantile(long[] sorted, int percent) {
      return sorted.length == 0
          ? 0
          : sorted[(int) Math.min(sorted.length - 1, (long) sorted.length * percent / 100)];
    }
  }

  private final RegionCapacity region;
  private final SeededRandom loss;
  private final SeededRandom outage;
  private final Arrivals commands;
  private final Arrivals readings;
  private final long packetMicros;
  private final double lossShare;
  private long now;
  private long downAt;
  private long upAt;
  private long busyFirmwareUntil;
  private long firmwareWaitMax;

  @SuppressWarnings("EnumOrdinal") // a key of a stream that lives as long as the run
  private WanSimulation(RegionCapacity region, long seed) {
    this.region = region;
    long cell = region.name().hashCode();
    this.loss = SeededRandom.of(seed, cell, Purpose.LOSS.ordinal());
    this.outage = SeededRandom.of(seed, cell, Purpose.OUTAGE.ordinal());
    long critical = get(CapacityParameter.CRITICAL_PER_DAY) * region.homes();
    long packets = region.packets(get(CapacityParameter.METER_OCTETS)) * region.homes() - critical;
    this.commands = new Arrivals(critical, SeededRandom.of(seed, cell, Purpose.COMMAND.ordinal()));
    this.readings = new Arrivals(packets, SeededRandom.of(seed, cell, Purpose.READING.ordinal()));
    this.packetMicros = get(CapacityParameter.PACKET_OCTETS) * SECOND / region.cellRate();
    this.lossShare = get(CapacityParameter.PACKET_LOSS) / 1e6;
    this.upAt = 0;
    this.downAt = span(get(CapacityParameter.MEAN_UP) * 1_000, outage);
  }

  private long get(CapacityParameter row) {
    return region.parameters().get(row);
  }

  /** A span of time with this mean, drawn. */
  private static long span(long mean, SeededRandom random) {
    double part = ((random.nextLong() >>> 11) + 1) * 0x1.0p-53;
    return (long) (-StrictMath.log(part) * mean);
  }

  /** What comes by itself, and those that wait. */
  private static final class Arrivals {
    private final long mean;
    private final SeededRandom random;
    private long next;
    private long[] waits = new long[1_024];
    private int count;

    Arrivals(long perDay, SeededRandom random) {
      this.mean = perDay <= 0 ? 0 : DAY / perDay;
      this.random = random;
      this.next = mean == 0 ? Long.MAX_VALUE : span(mean, random);
    }

    boolean isWaiting(long now) {
      return next <= now;
    }

    long take(long wait) {
      if (count == waits.length) {
        waits = Arrays.copyOf(waits, 2 * count);
      }
      waits[count++] = wait;
      long came = next;
      next += span(mean, random);
      return came;
    }

    long[] sorted() {
      long[] found = Arrays.copyOf(waits, count);
      Arrays.sort(found);
      return found;
    }
  }

  /**
   * Carries a file to each home of a cell.
   *
   * @param fileOctets its size; 0 for none, then a day of commands and readings is carried
   * @param homes homes that get it
   */
  public static Result run(RegionCapacity region, long fileOctets, int homes, long seed) {
    return new WanSimulation(region, seed).carry(fileOctets, homes);
  }

  private Result carry(long fileOctets, int homes) {
    int slots = Math.min(region.concurrency(), Math.max(1, homes));
    long packets = region.packets(fileOctets);
    long interval =
        region.firmwareRate() == 0
            ? Long.MAX_VALUE
            : get(CapacityParameter.PACKET_OCTETS) * SECOND / region.firmwareRate();
    long linkMicros =
        get(CapacityParameter.PACKET_OCTETS) * SECOND / get(CapacityParameter.LINK_RATE);
    long[] left = new long[slots];
    long[] free = new long[slots];
    long[] done = new long[fileOctets == 0 ? 0 : homes];
    int begun = 0;
    int ended = 0;
    long gate = 0;
    long sent = 0;
    while (fileOctets == 0 ? now < DAY : ended < homes) {
      outages();
      if (serve(commands, true) || serve(readings, false)) {
        continue;
      }
      int slot = -1;
      for (int i = 0; i < slots && fileOctets > 0; i++) {
        if (left[i] == 0 && begun < homes) {
          begun++;
          left[i] = packets;
        }
        if (left[i] > 0 && (slot < 0 || free[i] < free[slot])) {
          slot = i;
        }
      }
      long ready = slot < 0 ? Long.MAX_VALUE : Math.max(gate, free[slot]);
      if (ready > now) {
        now = Math.min(Math.min(ready, downAt), Math.min(commands.next, readings.next));
        continue;
      }
      gate = Math.max(gate, now - interval) + interval;
      free[slot] = Math.max(free[slot], now - linkMicros) + linkMicros;
      now += packetMicros;
      busyFirmwareUntil = now;
      sent++;
      if (!loss.chance(lossShare) && --left[slot] == 0) {
        done[ended++] = now / 1_000;
      }
    }
    return new Result(
        done,
        sent * get(CapacityParameter.PACKET_OCTETS),
        millis(commands.sorted()),
        (firmwareWaitMax + 999) / 1_000,
        millis(readings.sorted()));
  }

  private static long[] millis(long[] micros) {
    return Arrays.stream(micros).map(each -> each / 1_000).toArray();
  }

  /** While the cell is down nothing goes; then it is up for a while again. */
  private void outages() {
    if (now >= downAt) {
      upAt = downAt + span(get(CapacityParameter.MEAN_DOWN) * 1_000, outage);
      now = Math.max(now, upAt);
      downAt = upAt + span(get(CapacityParameter.MEAN_UP) * 1_000, outage);
      busyFirmwareUntil = 0;
    }
  }

  private boolean serve(Arrivals arrivals, boolean isCommand) {
    if (!arrivals.isWaiting(now)) {
      return false;
    }
    long since = Math.max(arrivals.next, upAt);
    if (isCommand && since < busyFirmwareUntil) {
      firmwareWaitMax = Math.max(firmwareWaitMax, Math.min(busyFirmwareUntil, now) - since);
    }
    arrivals.take(Math.max(0, now - since));
    do {
      now += packetMicros;
    } while (loss.chance(lossShare));
    return true;
  }
}
