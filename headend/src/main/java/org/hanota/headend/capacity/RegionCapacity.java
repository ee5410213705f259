// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.capacity;

import static org.hanota.headend.capacity.CapacityParameter.CELL_RATE_CENTRAL;
import static org.hanota.headend.capacity.CapacityParameter.CELL_RATE_NORTH;
import static org.hanota.headend.capacity.CapacityParameter.CELL_RATE_SOUTH;
import static org.hanota.headend.capacity.CapacityParameter.FIRMWARE_SHARE;
import static org.hanota.headend.capacity.CapacityParameter.HOMES_PER_CELL;
import static org.hanota.headend.capacity.CapacityParameter.LINK_RATE;
import static org.hanota.headend.capacity.CapacityParameter.MEAN_DOWN;
import static org.hanota.headend.capacity.CapacityParameter.MEAN_UP;
import static org.hanota.headend.capacity.CapacityParameter.METER_OCTETS;
import static org.hanota.headend.capacity.CapacityParameter.PACKET_LOSS;
import static org.hanota.headend.capacity.CapacityParameter.PACKET_OCTETS;

import java.util.List;
import java.util.OptionalLong;
import org.hanota.api.ParameterValues;

/**
 * What a region's WAN carries. Whole numbers throughout: the same on any machine.
 *
 * @param name the region
 * @param cellRate octets a second of a cell
 * @param homes homes of a cell
 * @param parameters everything else
 */
public record RegionCapacity(
    String name, long cellRate, long homes, ParameterValues<CapacityParameter> parameters) {
  private static final long MILLION = 1_000_000;
  private static final long DAY_SECONDS = 86_400;

  /** The three regions as the parameters have them. */
  public static List<RegionCapacity> all(ParameterValues<CapacityParameter> parameters) {
    return List.of(
        of("North", CELL_RATE_NORTH, parameters),
        of("Central", CELL_RATE_CENTRAL, parameters),
        of("South", CELL_RATE_SOUTH, parameters));
  }

  private static RegionCapacity of(
      String name, CapacityParameter rate, ParameterValues<CapacityParameter> parameters) {
    return new RegionCapacity(
        name, parameters.get(rate), parameters.get(HOMES_PER_CELL), parameters);
  }

  private long get(CapacityParameter row) {
    return parameters.get(row);
  }

  /** Packets of a file of so many octets. */
  public long packets(long octets) {
    return (octets + get(PACKET_OCTETS) - 1) / get(PACKET_OCTETS);
  }

  /** Octets that go over the WAN for a file, losses sent again. */
  public long octets(long fileOctets) {
    return packets(fileOctets) * get(PACKET_OCTETS) * MILLION / (MILLION - get(PACKET_LOSS));
  }

  /** How much of the time a cell is up, in millionths. */
  long upPpm() {
    return get(MEAN_UP) * MILLION / (get(MEAN_UP) + get(MEAN_DOWN));
  }

  /** Octets a second that a cell has for firmware while it is up: what is free, up to its share. */
  public long firmwareRate() {
    long other = get(METER_OCTETS) * homes * MILLION / (MILLION - get(PACKET_LOSS)) / DAY_SECONDS;
    return Math.max(0, Math.min(cellRate - other, cellRate * get(FIRMWARE_SHARE) / 100));
  }

  /** How many hubs at once use all of that. */
  public int concurrency() {
    return (int) Math.max(1, (firmwareRate() + get(LINK_RATE) - 1) / get(LINK_RATE));
  }

  /** Octets of firmware that a cell carries in a day, outages and losses taken off. */
  public long dayOctets() {
    return Math.multiplyExact(firmwareRate(), DAY_SECONDS) * upPpm() / MILLION;
  }

  /** The longest that firmware delays a critical command, in ms: one packet is not interrupted. */
  public long criticalDelayMillis() {
    return (get(PACKET_OCTETS) * 1_000 + cellRate - 1) / cellRate;
  }

  /**
   * How long a file takes to every home of a cell, from the first packet to the last.
   *
   * @return milliseconds; empty if the cell has nothing left for firmware
   */
  public OptionalLong cellMillis(long fileOctets, long homesOfCell) {
    long rate = Math.min(firmwareRate(), concurrency() * get(LINK_RATE));
    if (rate == 0 || upPpm() == 0) {
      return OptionalLong.empty();
    }
    long together = Math.multiplyExact(octets(fileOctets), homesOfCell) * 1_000 / rate;
    long one = octets(fileOctets) * 1_000 / Math.min(rate, get(LINK_RATE));
    return OptionalLong.of(
        Math.max(together, one) / upPpm() * MILLION
            + Math.max(together, one) % upPpm() * MILLION / upPpm());
  }
}
