// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Now;

/**
 * How a campaign stands; derived from its one state whenever it is asked for.
 *
 * @param reason why it is in that state
 * @param by who or what brought it there
 * @param allowance how many requests may still go out before it rests; the largest number for any
 */
public record CampaignStatus(
    String campaign,
    CampaignState state,
    String reason,
    String by,
    long allowance,
    List<Wave> waves) {
  /** Keeps a copy of the list. */
  public CampaignStatus {
    waves = List.copyOf(waves);
  }

  /**
   * How a wave stands.
   *
   * @param counts how many devices are in which state
   * @param why why none of its requests goes out now; empty if one does
   */
  public record Wave(
      String name, GroupState state, Map<DeviceState, Long> counts, Optional<WaitReason> why) {
    /** Keeps a copy of the map. */
    public Wave {
      counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    /** How many devices are in that state. */
    public long of(DeviceState each) {
      return counts.getOrDefault(each, 0L);
    }
  }

  /**
   * How a device stands.
   *
   * @param orderedUtcMillis when its last request went out; 0 for none
   */
  public record DeviceStatus(
      Eui64 device, String wave, DeviceState state, String cause, long orderedUtcMillis) {}

  /** How many devices are in that state. */
  public long of(DeviceState each) {
    return waves.stream().mapToLong(wave -> wave.of(each)).sum();
  }

  /** How many requests are under way. */
  public long underWay() {
    return of(DeviceState.ORDERED) + of(DeviceState.REQUESTED) + of(DeviceState.HELD);
  }

  static CampaignStatus of(Campaign campaign, Now now) {
    List<Wave> waves = new ArrayList<>();
    Group before = null;
    for (Group each : campaign.groups()) {
      waves.add(
          new Wave(
              each.plan().name(),
              each.state(),
              each.counts(),
              why(campaign, each, Optional.ofNullable(before), now)));
      before = each;
    }
    return new CampaignStatus(
        campaign.name(),
        campaign.state(),
        campaign.reason(),
        campaign.by(),
        campaign.allowance(),
        waves);
  }

  /** Each device, wave by wave. */
  static List<DeviceStatus> devices(Campaign campaign) {
    return campaign
        .entries()
        .map(
            each ->
                new DeviceStatus(
                    each.member.device(),
                    each.group.plan().name(),
                    each.state(),
                    each.cause(),
                    each.orderedUtcMillis()))
        .toList();
  }

  private static String word(GroupState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Optional<WaitReason> why(
      Campaign campaign, Group group, Optional<Group> before, Now now) {
    if (group.open() == 0) {
      return Optional.of(WaitReason.of(WaitReason.Kind.DONE, group.ended() + " ended"));
    }
    Optional<WaitReason> whole = ofCampaign(campaign);
    if (whole.isPresent()) {
      return whole;
    }
    return switch (group.state()) {
      case WAITING ->
          Optional.of(
              WaitReason.of(
                  WaitReason.Kind.EARLIER_WAVE,
                  before.map(each -> each.plan().name() + " is " + word(each.state())).orElse("")));
      case SHORT ->
          Optional.of(
              WaitReason.of(
                  WaitReason.Kind.THRESHOLD_OUT_OF_REACH, group.missing() + " devices missing"));
      case FAILED ->
          Optional.of(WaitReason.of(WaitReason.Kind.TOO_MANY_FAILED, group.failed() + " failed"));
      case RUNNING, SOAKING, AT_GATE, RELEASED -> ofTurns(campaign, group, now);
    };
  }

  private static Optional<WaitReason> ofCampaign(Campaign campaign) {
    return switch (campaign.state()) {
      case CREATED -> Optional.of(WaitReason.of(WaitReason.Kind.NOT_STARTED, ""));
      case PAUSED -> Optional.of(WaitReason.of(WaitReason.Kind.CAMPAIGN_PAUSED, campaign.reason()));
      case STOPPED ->
          Optional.of(WaitReason.of(WaitReason.Kind.CAMPAIGN_STOPPED, campaign.reason()));
      case COMPLETED, CANCELLED, EXPIRED ->
          Optional.of(WaitReason.of(WaitReason.Kind.CAMPAIGN_ENDED, campaign.reason()));
      case RUNNING -> Optional.empty();
    };
  }

  private static Optional<WaitReason> ofTurns(Campaign campaign, Group group, Now now) {
    if (!now.knowsUtc()) {
      return Optional.of(WaitReason.of(WaitReason.Kind.NO_CLOCK, ""));
    }
    if (group.waiting() == 0) {
      return Optional.of(
          WaitReason.of(WaitReason.Kind.ANSWERS_AWAITED, group.underWay() + " under way"));
    }
    long opens = Window.open(campaign.plan().windows(), now.utcMillis());
    if (opens > now.utcMillis()) {
      return Optional.of(new WaitReason(WaitReason.Kind.OUTSIDE_WINDOW, "", opens));
    }
    return campaign.lanes().reason(now.utcMillis());
  }
}
