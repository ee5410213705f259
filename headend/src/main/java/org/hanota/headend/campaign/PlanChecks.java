// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.headend.campaign.CampaignPlan.GroupPlan;
import org.hanota.headend.capacity.CapacityAnswer;

/** What must hold before a campaign is accepted; each fault is named, all of them at once. */
final class PlanChecks {
  private final CampaignPlan plan;
  private final List<PlanRefusal> refusals = new ArrayList<>();

  private PlanChecks(CampaignPlan plan) {
    this.plan = plan;
  }

  /** What a plan lacks by itself, whatever devices there are. */
  static List<PlanRefusal> ofPlan(CampaignPlan plan, long utcMillis) {
    PlanChecks checks = new PlanChecks(plan);
    checks.names();
    checks.groups();
    checks.windows();
    checks.pace();
    checks.times(utcMillis);
    return List.copyOf(checks.refusals);
  }

  /**
   * What a plan lacks for these devices.
   *
   * @param enrolled its devices
   * @param owners the campaigns that have devices and have not ended, by device
   */
  static List<PlanRefusal> ofDevices(
      CampaignPlan plan,
      List<Records.Enrolled> enrolled,
      Map<Eui64, String> owners,
      CampaignWorld world,
      long utcMillis) {
    PlanChecks checks = new PlanChecks(plan);
    if (!world.isListed(plan.target())) {
      checks.refuse(
          PlanFault.IMAGE_NOT_LISTED,
          "target",
          plan.target().version().toString(),
          "a version that the Central Products List has");
    }
    checks.reach(enrolled);
    if (!owners.isEmpty()) {
      Map.Entry<Eui64, String> first = new TreeMap<>(owners).firstEntry();
      checks.refuse(
          PlanFault.DEVICE_IN_ANOTHER_CAMPAIGN,
          "device " + first.getKey(),
          "in campaign " + first.getValue() + ", one of " + owners.size(),
          "devices of no campaign that has not ended");
    }
    if (checks.refusals.isEmpty()) {
      checks.capacity(
          world.capacity(plan, enrolled.stream().map(Records.Enrolled::member).toList(), utcMillis),
          utcMillis);
    }
    return List.copyOf(checks.refusals);
  }

  private void refuse(PlanFault fault, String place, String found, String allowed) {
    refusals.add(new PlanRefusal(fault, place, found, allowed));
  }

  private void names() {
    if (plan.name().isBlank()) {
      refuse(PlanFault.NO_NAME, "name", "blank", "a name");
    }
    if (plan.groups().isEmpty()) {
      refuse(PlanFault.NO_GROUP, "groups", "none", "one or more");
    }
    Set<String> names = new HashSet<>();
    for (GroupPlan group : plan.groups()) {
      if (!names.add(group.name())) {
        refuse(
            PlanFault.GROUP_NAME_TWICE, "group " + group.name(), "there twice", "each name once");
      }
    }
  }

  private void groups() {
    for (GroupPlan group : plan.groups()) {
      threshold(group.name() + ".success", group.success());
      threshold(group.name() + ".error", group.error());
      if (group.soakMillis() < 0) {
        refuse(
            PlanFault.ILLEGAL_TIME,
            group.name() + ".soak",
            group.soakMillis() + " ms",
            "0 or more");
      }
      boolean isPossible =
          group.size() instanceof GroupSize.ShareOfRemaining share
              ? share.part() > 0 && share.part() <= share.of() && share.of() <= Threshold.LARGEST
              : !(group.size() instanceof GroupSize.Count count) || count.devices() > 0;
      if (!isPossible) {
        refuse(PlanFault.EMPTY_GROUP, group.name() + ".size", group.size().toString(), "1 or more");
      }
    }
  }

  private void threshold(String place, Threshold threshold) {
    boolean isLegal;
    if (threshold instanceof Threshold.Share share) {
      isLegal =
          share.part() > 0
              && share.part() <= share.of()
              && share.of() <= Threshold.LARGEST
              && share.minimumEnded() > 0
              && share.minimumEnded() <= Threshold.LARGEST;
    } else {
      long devices = ((Threshold.Count) threshold).devices();
      isLegal = devices > 0 && devices <= Threshold.LARGEST;
    }
    if (!isLegal) {
      refuse(
          PlanFault.ILLEGAL_THRESHOLD,
          place,
          threshold.toString(),
          "1 to " + Threshold.LARGEST + " devices, or a share above 0 and up to 1");
    }
  }

  private void windows() {
    for (int i = 0; i < plan.windows().size(); i++) {
      Window window = plan.windows().get(i);
      if (window.fromMinute() < 0
          || window.untilMinute() > Window.DAY_MINUTES
          || window.fromMinute() >= window.untilMinute()) {
        refuse(
            PlanFault.ILLEGAL_WINDOW,
            "window " + i,
            window.fromMinute() + " to " + window.untilMinute(),
            "minutes 0 to 1440, the first below the second; over midnight: two windows");
      }
      for (int j = 0; j < i; j++) {
        if (window.overlaps(plan.windows().get(j))) {
          refuse(
              PlanFault.OVERLAPPING_WINDOWS,
              "window " + i,
              "over window " + j,
              "windows without a minute in common");
        }
      }
    }
  }

  private void pace() {
    CampaignPlan.Pace pace = plan.pace();
    if (pace.startsPerPeriod() < 1) {
      refuse(PlanFault.NO_RATE, "pace.startsPerPeriod", "" + pace.startsPerPeriod(), "1 or more");
    }
    if (pace.perRegion() < 1) {
      refuse(PlanFault.NO_CONCURRENCY, "pace.perRegion", "" + pace.perRegion(), "1 or more");
    }
    if (pace.perCell() < 1) {
      refuse(PlanFault.NO_CONCURRENCY, "pace.perCell", "" + pace.perCell(), "1 or more");
    }
    if (pace.periodMillis() < 1) {
      refuse(PlanFault.ILLEGAL_TIME, "pace.period", pace.periodMillis() + " ms", "1 ms or more");
    }
    if (pace.jitterMillis() < 0) {
      refuse(PlanFault.ILLEGAL_TIME, "pace.jitter", pace.jitterMillis() + " ms", "0 ms or more");
    }
  }

  private void times(long utcMillis) {
    if (plan.times().answerMillis() < 1) {
      refuse(
          PlanFault.ILLEGAL_TIME,
          "times.answer",
          plan.times().answerMillis() + " ms",
          "1 ms or more");
    }
    if (plan.times().endsUtcMillis() <= utcMillis) {
      refuse(
          PlanFault.ENDS_TOO_EARLY,
          "times.ends",
          "" + plan.times().endsUtcMillis(),
          "later than now, " + utcMillis);
    }
  }

  private void reach(List<Records.Enrolled> enrolled) {
    long[] sizes = new long[plan.groups().size()];
    enrolled.forEach(each -> sizes[each.group()]++);
    for (int i = 0; i < sizes.length; i++) {
      GroupPlan group = plan.groups().get(i);
      String place = "group " + group.name();
      if (sizes[i] == 0) {
        refuse(PlanFault.EMPTY_GROUP, place, "without a device", "1 or more");
        continue;
      }
      if (!group.success().isWithinReach(0, 0, sizes[i])) {
        refuse(
            PlanFault.SUCCESS_OUT_OF_REACH,
            place + ".success",
            group.success().toString(),
            "what " + sizes[i] + " devices can meet");
      }
      if (!group.error().isWithinReach(0, 0, sizes[i])) {
        refuse(
            PlanFault.ERROR_OUT_OF_REACH,
            place + ".error",
            group.error().toString(),
            "what " + sizes[i] + " devices can meet; otherwise it would never stop");
      }
    }
  }

  private void capacity(CapacityAnswer answer, long utcMillis) {
    if (answer instanceof CapacityAnswer.NotNow later) {
      refuse(
          PlanFault.NOT_NOW,
          "start",
          "" + utcMillis,
          later.earliestUtcMillis() + " or later: the earliest slot on the WAN");
    } else if (answer instanceof CapacityAnswer.No never) {
      refuse(PlanFault.NO_CAPACITY, "devices", never.reason(), "what the WAN can carry");
    } else if (answer instanceof CapacityAnswer.Fits fits
        && fits.endsUtcMillis() > plan.times().endsUtcMillis()) {
      refuse(
          PlanFault.ENDS_TOO_EARLY,
          "times.ends",
          "" + plan.times().endsUtcMillis(),
          fits.endsUtcMillis() + " or later: so long the WAN needs");
    }
  }
}
