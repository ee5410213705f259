// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.hanota.api.Parameter;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.CountedCampaign;
import org.hanota.headend.capacity.RegionCapacity;

/**
 * What a campaign over a fleet came to.
 *
 * @param scenario what was simulated
 * @param digest SHA-256 of everything that was counted, in hex: two runs that are the same have the
 *     same
 * @param state how the campaign ended
 * @param decisions what it decided; times from its start
 * @param waves those that began
 * @param counts everything that was counted
 */
public record FleetResult(
    FleetScenario scenario,
    String digest,
    CampaignState state,
    List<CountedCampaign.Decision> decisions,
    List<WaveResult> waves,
    FleetCounts counts) {
  /** Keeps copies of the lists. */
  public FleetResult {
    decisions = List.copyOf(decisions);
    waves = List.copyOf(waves);
  }

  /**
   * What a wave came to.
   *
   * @param startMillis when it began, from the start of the campaign
   * @param devices that belong to it
   */
  public record WaveResult(String name, long startMillis, long devices, Ends ends) {
    static WaveResult of(
        FleetScenario scenario, FleetLayout layout, WaveTimes times, int wave, FleetCounts counts) {
      return new WaveResult(
          scenario.campaign().waves().get(wave).name(),
          times.start(wave),
          layout.devices(wave),
          Ends.of(scenario, counts, -1));
    }
  }

  /** How many devices had a request, and how they ended. */
  public record Ends(long ordered, long updated, long failed, long silent) {
    private static Ends of(FleetScenario scenario, FleetCounts counts, int region) {
      long[] sums = new long[FleetCounts.Kind.values().length];
      int i = 0;
      for (FleetCounts.Kind kind : FleetCounts.Kind.values()) {
        for (int step = 0; step < scenario.campaign().steps(); step++) {
          sums[i] += region < 0 ? counts.counted(kind, step) : counts.counted(region, kind, step);
        }
        i++;
      }
      return new Ends(sums[0], sums[1], sums[2], sums[3]);
    }
  }

  /**
   * What a region came to; times in milliseconds, to a thirty-second, -1 where there is none.
   *
   * @param wanMedianMillis from the request to the image in the hub
   * @param medianMillis from the request to the confirmed version, of those updated
   * @param wanOctets that went over its WAN
   * @param busiestOctets the most of them in one step of the campaign
   */
  public record RegionResult(
      String name,
      Ends ends,
      long wanMedianMillis,
      long wan99Millis,
      long medianMillis,
      long most99Millis,
      long wanOctets,
      long busiestOctets) {}

  /** Each region, in the scenario's order. */
  public List<RegionResult> regions() {
    List<RegionResult> found = new ArrayList<>();
    for (int i = 0; i < scenario.regions().size(); i++) {
      long octets = 0;
      long busiest = 0;
      for (int step = 0; step < scenario.campaign().steps(); step++) {
        octets += counts.wanOctets(i, step);
        busiest = Math.max(busiest, counts.wanOctets(i, step));
      }
      found.add(
          new RegionResult(
              scenario.regions().get(i).name(),
              Ends.of(scenario, counts, i),
              counts.quantileMillis(i, FleetCounts.Time.WAN, 500),
              counts.quantileMillis(i, FleetCounts.Time.WAN, 990),
              counts.quantileMillis(i, FleetCounts.Time.WHOLE, 500),
              counts.quantileMillis(i, FleetCounts.Time.WHOLE, 990),
              octets,
              busiest));
    }
    return found;
  }

  /**
   * What the transfers of a kind of device came to.
   *
   * @param transfers that ended with the last block
   * @param repetitions times that a frame was on the air after its first
   * @param hubAirtimeMillis in all; so is {@code deviceAirtimeMillis}
   */
  public record DeviceResult(
      String name,
      long transfers,
      long exchanges,
      long repetitions,
      long meanMillis,
      long medianMillis,
      long most99Millis,
      long hubAirtimeMillis,
      long deviceAirtimeMillis) {}

  /** Each kind of device, in the scenario's order. */
  public List<DeviceResult> devices() {
    List<DeviceResult> found = new ArrayList<>();
    for (int i = 0; i < scenario.devices().size(); i++) {
      long transfers = counts.sum(i, FleetCounts.Sum.TRANSFERS);
      found.add(
          new DeviceResult(
              scenario.devices().get(i).name(),
              transfers,
              counts.sum(i, FleetCounts.Sum.EXCHANGES),
              counts.sum(i, FleetCounts.Sum.REPETITIONS),
              transfers == 0 ? -1 : counts.sum(i, FleetCounts.Sum.MICROS) / 1_000 / transfers,
              counts.deviceQuantileMillis(i, 500),
              counts.deviceQuantileMillis(i, 990),
              counts.sum(i, FleetCounts.Sum.HUB_AIRTIME_MICROS) / 1_000,
              counts.sum(i, FleetCounts.Sum.DEVICE_AIRTIME_MICROS) / 1_000));
    }
    return found;
  }

  /**
   * What happened in a region in a step of the campaign.
   *
   * @param wanOctets of the images that came to their hubs in it
   */
  public record Step(String region, long fromMillis, Ends ends, long wanOctets) {}

  /** The steps in which something happened, region by region. */
  public List<Step> steps() {
    List<Step> found = new ArrayList<>();
    for (int region = 0; region < scenario.regions().size(); region++) {
      for (int step = 0; step < scenario.campaign().steps(); step++) {
        Ends ends =
            new Ends(
                counts.counted(region, FleetCounts.Kind.ORDERED, step),
                counts.counted(region, FleetCounts.Kind.UPDATED, step),
                counts.counted(region, FleetCounts.Kind.FAILED, step),
                counts.counted(region, FleetCounts.Kind.SILENT, step));
        long octets = counts.wanOctets(region, step);
        if (octets > 0 || !ends.equals(new Ends(0, 0, 0, 0))) {
          long from = step * scenario.campaign().stepMillis();
          found.add(new Step(scenario.regions().get(region).name(), from, ends, octets));
        }
      }
    }
    return found;
  }

  /**
   * What a kind of device has become in a step of the campaign.
   *
   * @param updated that confirmed the new version in it
   */
  public record DeviceStep(String device, long fromMillis, long updated) {}

  /** The steps in which something was updated, kind by kind. */
  public List<DeviceStep> deviceSteps() {
    List<DeviceStep> found = new ArrayList<>();
    for (int device = 0; device < scenario.devices().size(); device++) {
      for (int step = 0; step < scenario.campaign().steps(); step++) {
        long updated = counts.updatedIn(device, step);
        if (updated > 0) {
          long from = step * scenario.campaign().stepMillis();
          found.add(new DeviceStep(scenario.devices().get(device).name(), from, updated));
        }
      }
    }
    return found;
  }

  /**
   * A part of a distribution.
   *
   * @param upToMillis the longest time in it; its shortest is longer than that of the part before
   */
  public record Bin(long upToMillis, long count) {}

  /** From the request to the confirmed version, of the devices of a region that were updated. */
  public List<Bin> durations(int region) {
    return bins(bin -> counts.inBin(region, FleetCounts.Time.WHOLE, bin));
  }

  /** From the request to the image in the hub. */
  public List<Bin> wanTimes(int region) {
    return bins(bin -> counts.inBin(region, FleetCounts.Time.WAN, bin));
  }

  /** From the first block request to the last block, of a kind of device. */
  public List<Bin> transferTimes(int device) {
    return bins(bin -> counts.inDeviceBin(device, bin));
  }

  private static List<Bin> bins(IntToLongFunction in) {
    List<Bin> found = new ArrayList<>();
    for (int bin = 0; bin < FleetCounts.BINS; bin++) {
      if (in.applyAsLong(bin) > 0) {
        found.add(new Bin(FleetCounts.upper(bin), in.applyAsLong(bin)));
      }
    }
    return found;
  }

  /** Devices of a kind that were not updated for that reason. */
  public long caused(int device, FleetCounts.Cause cause) {
    return counts.caused(device, cause);
  }

  /** In how many parts the homes are summed apart; a cell is in one of them. */
  public static int parts() {
    return FleetCounts.PARTS;
  }

  /** The sum of a part of the homes. */
  public long ofPart(int part, FleetCounts.PartSum sum) {
    return counts.ofPart(part, sum);
  }

  /** Homes of a region. */
  public long homes(int region) {
    FleetLayout layout = new FleetLayout(scenario);
    return layout.endHome(region) - layout.firstHome(region);
  }

  /** Octets of firmware that the cells of a region carry in a step of the campaign, in the mean. */
  public double wanCapacityOctets(int region) {
    RegionCapacity capacity = scenario.regions().get(region).capacity();
    double cells = Math.ceil((double) homes(region) / capacity.homes());
    return cells * capacity.dayOctets() * scenario.campaign().stepMillis() / Parameter.DAY;
  }
}
