// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.hanota.api.SeededRandom;
import org.hanota.headend.campaign.CampaignPlan.GroupPlan;

/** Which device is in which wave: a draw by the plan's seed, the same whenever it is made. */
final class Enrolment {
  private static final long DRAW = -1;

  private Enrolment() {}

  private record Drawn(Member member, long number) {}

  /** Each device that a wave takes, with its wave, by wave and id. */
  static List<Records.Enrolled> of(CampaignPlan plan, Collection<Member> members) {
    List<Drawn> left = new ArrayList<>(members.size());
    for (Member each : members) {
      long seed = plan.pace().seed();
      left.add(new Drawn(each, SeededRandom.of(seed, each.device().value(), DRAW).nextLong()));
    }
    left.sort(
        Comparator.comparingLong(Drawn::number).thenComparing(each -> each.member().device()));
    List<Records.Enrolled> enrolled = new ArrayList<>();
    for (int i = 0; i < plan.groups().size(); i++) {
      GroupPlan group = plan.groups().get(i);
      long wanted =
          group
              .size()
              .of(left.stream().filter(each -> group.query().matches(each.member())).count());
      List<Drawn> rest = new ArrayList<>();
      List<Member> chosen = new ArrayList<>();
      for (Drawn each : left) {
        if (chosen.size() < wanted && group.query().matches(each.member())) {
          chosen.add(each.member());
        } else {
          rest.add(each);
        }
      }
      chosen.sort(Comparator.comparing(Member::device));
      for (Member each : chosen) {
        enrolled.add(new Records.Enrolled(each, i));
      }
      left = rest;
    }
    return enrolled;
  }
}
