// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Now;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.capacity.CapacityAnswer;
import org.hanota.headend.store.InMemoryRecordStore;

/**
 * What a campaign would do, by the machine itself in a time of its own, with devices that all
 * succeed. Gates are let open at once.
 *
 * @param refusals why it would be refused; then nothing else is there
 * @param warnings what a person should know
 * @param requests each device, in the order of the requests
 * @param without devices of the estate that would get nothing
 * @param endsUtcMillis when the last device would have its end
 * @param state how the campaign would end
 */
public record DryRun(
    List<PlanRefusal> refusals,
    List<CoupledActivation> warnings,
    List<Request> requests,
    List<Eui64> without,
    long endsUtcMillis,
    CampaignState state) {
  private static final String BY = "dry run";

  /** Keeps copies of the lists. */
  public DryRun {
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
    requests = List.copyOf(requests);
    without = List.copyOf(without);
  }

  /** A request that would go out, and when. */
  public record Request(Member member, String wave, long utcMillis) {}

  /** How many requests of each wave would go out to each region. */
  public Map<String, Map<String, Long>> sums() {
    Map<String, Map<String, Long>> sums = new TreeMap<>();
    for (Request each : requests) {
      sums.computeIfAbsent(each.wave(), none -> new TreeMap<>())
          .merge(each.member().cell().region(), 1L, Long::sum);
    }
    return sums;
  }

  static DryRun refused(List<PlanRefusal> refusals) {
    return new DryRun(refusals, List.of(), List.of(), List.of(), 0, CampaignState.CREATED);
  }

  private record Answer(long utcMillis, Eui64 device) {}

  /** The estate as it is; what was asked of list and WAN was asked before. */
  private record Asked(Collection<Member> members) implements CampaignWorld {
    @Override
    public boolean isListed(CampaignPlan.Target target) {
      return true;
    }

    @Override
    public CapacityAnswer capacity(CampaignPlan plan, Collection<Member> devices, long utcMillis) {
      return new CapacityAnswer.Fits(utcMillis);
    }
  }

  static DryRun of(
      CampaignPlan plan,
      CampaignWorld world,
      ParameterValues<HeadEndParameter> parameters,
      List<CoupledActivation> warnings,
      long answerMillis,
      Now start) {
    Collection<Member> members = world.members();
    CampaignMachine machine =
        new CampaignMachine(new Asked(members), new InMemoryRecordStore(), parameters);
    DryRunEffects effects = new DryRunEffects();
    PriorityQueue<Answer> answers =
        new PriorityQueue<>(
            Comparator.comparingLong(Answer::utcMillis).thenComparing(Answer::device));
    List<Member> ordered = new ArrayList<>();
    long utc = start.utcMillis();
    machine.onStart(at(utc, start), effects);
    machine.onInput(at(utc, start), new CampaignInput.Create(plan, "a dry run"), effects);
    machine.onInput(at(utc, start), new CampaignInput.Start(plan.name(), BY), effects);
    List<Long> times = new ArrayList<>();
    while (true) {
      for (CampaignOrder.Update each : effects.updates()) {
        ordered.add(each.member());
        times.add(utc);
        answers.add(new Answer(utc + answerMillis, each.member().device()));
      }
      for (String gate : effects.gates()) {
        machine.onInput(at(utc, start), new CampaignInput.Release(plan.name(), gate, BY), effects);
      }
      if (effects.hasMore()) {
        continue;
      }
      long wake = effects.wakeUtcMillis(start);
      if (answers.isEmpty() && (wake == Long.MAX_VALUE || machine.view().isOver(plan.name()))) {
        break;
      }
      if (answers.isEmpty() || wake < answers.element().utcMillis()) {
        utc = Math.max(utc, wake);
        effects.woken();
        machine.onTimer(at(utc, start), effects);
      } else {
        utc = answers.element().utcMillis();
        machine.onInput(
            at(utc, start),
            new CampaignInput.Report(
                answers.remove().device(),
                new CampaignInput.DeviceReport.Runs(plan.target().version())),
            effects);
      }
    }
    return report(plan, machine, members, ordered, times, warnings, at(utc, start));
  }

  private static Now at(long utc, Now start) {
    return new Now(start.plusMillis(utc - start.utcMillis()), utc);
  }

  private static DryRun report(
      CampaignPlan plan,
      CampaignMachine machine,
      Collection<Member> members,
      List<Member> ordered,
      List<Long> times,
      List<CoupledActivation> warnings,
      Now end) {
    CampaignStatus status = machine.status(plan.name(), end).orElseThrow();
    Map<Eui64, String> waves = new TreeMap<>();
    machine.devices(plan.name()).forEach(each -> waves.put(each.device(), each.wave()));
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      Member member = ordered.get(i);
      requests.add(new Request(member, waves.getOrDefault(member.device(), ""), times.get(i)));
    }
    List<Eui64> without =
        members.stream()
            .map(Member::device)
            .filter(each -> !waves.containsKey(each))
            .sorted()
            .toList();
    return new DryRun(List.of(), warnings, requests, without, end.utcMillis(), status.state());
  }
}
