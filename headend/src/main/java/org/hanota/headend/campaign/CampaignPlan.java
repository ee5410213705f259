// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.headend.capacity.CapacityPlan;
import org.hanota.headend.estate.ReasonClass;

/**
 * What a campaign is to do.
 *
 * @param name names it among all
 * @param target what its devices are to run
 * @param groups waves, in their order; the first is the canary
 * @param windows when requests may go out; empty for always
 * @param pace how fast
 * @param times until when
 * @param isOpen whether devices that come later join
 */
public record CampaignPlan(
    String name,
    Target target,
    List<GroupPlan> groups,
    List<Window> windows,
    Pace pace,
    Times times,
    boolean isOpen) {
  /** Keeps copies of the lists. */
  public CampaignPlan {
    groups = List.copyOf(groups);
    windows = List.copyOf(windows);
  }

  /**
   * What the campaign asks of the WAN: one image for each hub.
   *
   * @param devices those that get it
   * @param utcMillis when it would begin
   */
  public CapacityPlan.Wanted wanted(Collection<Member> devices, long utcMillis) {
    Set<Eui64> hubs = new HashSet<>();
    Map<String, Long> homes = new TreeMap<>();
    for (Member each : devices) {
      if (hubs.add(each.hub())) {
        homes.merge(each.cell().region(), 1L, Long::sum);
      }
    }
    return new CapacityPlan.Wanted(target.octets(), homes, utcMillis, times.endsUtcMillis());
  }

  /**
   * What devices are to run.
   *
   * @param version its version, by which a device confirms it
   * @param hash SHA-256 of the Manufacturer Image, which names it
   * @param octets its size
   * @param reason why there is an image
   */
  public record Target(FileVersion version, Octets hash, long octets, ReasonClass reason) {}

  /**
   * A wave.
   *
   * @param name names it within its campaign
   * @param query which devices it asks for, of those that no earlier wave has
   * @param size how many of them
   * @param success when the next wave may follow
   * @param error when everything stops
   * @param soakMillis how long it is watched after its success before the next wave follows
   * @param isGated whether somebody outside has to let the next wave follow
   */
  public record GroupPlan(
      String name,
      DeviceQuery query,
      GroupSize size,
      Threshold success,
      Threshold error,
      long soakMillis,
      boolean isGated) {}

  /**
   * How fast requests go out.
   *
   * @param perRegion under way in one region at once
   * @param perCell under way in one cell at once
   * @param startsPerPeriod requests to one region within a period
   * @param periodMillis how long a period is
   * @param jitterMillis over how long the start of a wave is spread
   * @param seed from which each device's part of the jitter follows
   */
  public record Pace(
      int perRegion,
      int perCell,
      int startsPerPeriod,
      long periodMillis,
      long jitterMillis,
      long seed) {}

  /**
   * Until when.
   *
   * @param answerMillis silence for so long after a request is a failure
   * @param endsUtcMillis no request goes out after this
   */
  public record Times(long answerMillis, long endsUtcMillis) {}
}
