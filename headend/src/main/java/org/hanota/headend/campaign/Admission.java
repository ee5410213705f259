// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.hanota.api.Eui64;

/**
 * What a plan would be: its faults, its devices and what a person should know.
 *
 * @param refusals why it is refused; empty if it is accepted
 * @param enrolled its devices
 * @param warnings what a person should know
 */
record Admission(
    List<PlanRefusal> refusals, List<Records.Enrolled> enrolled, List<CoupledActivation> warnings) {

  /**
   * Looks at a plan.
   *
   * @param campaigns those that there are
   * @param owner the campaign that has a device and has not ended; empty for none
   */
  static Admission of(
      CampaignPlan plan,
      CampaignWorld world,
      Collection<Campaign> campaigns,
      Function<Eui64, String> owner,
      long utcMillis) {
    List<PlanRefusal> refusals = new ArrayList<>(PlanChecks.ofPlan(plan, utcMillis));
    if (campaigns.stream().anyMatch(each -> each.name().equals(plan.name()))) {
      refusals.add(
          new PlanRefusal(PlanFault.NAME_IN_USE, "name", plan.name(), "one that is not in use"));
    }
    if (!refusals.isEmpty()) {
      return new Admission(List.copyOf(refusals), List.of(), List.of());
    }
    Set<Eui64> seen = new HashSet<>();
    for (Member each : world.members()) {
      if (!seen.add(each.device())) {
        PlanRefusal twice =
            new PlanRefusal(
                PlanFault.DEVICE_TWICE,
                "device " + each.device(),
                "twice in the estate",
                "each device once");
        return new Admission(List.of(twice), List.of(), List.of());
      }
    }
    List<Records.Enrolled> enrolled =
        Enrolment.of(plan, world.members().stream().filter(each -> !runs(plan, each)).toList());
    Map<Eui64, String> owners = new TreeMap<>();
    for (Records.Enrolled each : enrolled) {
      String held = owner.apply(each.member().device());
      if (!held.isEmpty()) {
        owners.put(each.member().device(), held);
      }
    }
    List<Member> elsewhere =
        campaigns.stream()
            .filter(each -> !each.state().isFinal())
            .flatMap(Campaign::entries)
            .filter(each -> each.state().isWaiting() || each.state().isUnderWay())
            .map(each -> each.member)
            .toList();
    return new Admission(
        PlanChecks.ofDevices(plan, enrolled, owners, world, utcMillis),
        enrolled,
        CoupledActivation.among(
            enrolled.stream().map(Records.Enrolled::member).toList(), elsewhere));
  }

  /** Whoever runs the version gets nothing: the same image is not sent again after a success. */
  static boolean runs(CampaignPlan plan, Member member) {
    return member.runs().filter(plan.target().version()::equals).isPresent();
  }
}
