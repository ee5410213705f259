// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.campaign.CampaignInput.DeviceReport;
import org.hanota.headend.campaign.CampaignMachine;
import org.hanota.headend.campaign.CampaignOrder;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.CampaignWorld;
import org.hanota.headend.campaign.DeviceQuery;
import org.hanota.headend.campaign.DeviceState;
import org.hanota.headend.campaign.GroupSize;
import org.hanota.headend.campaign.GroupState;
import org.hanota.headend.campaign.Member;
import org.hanota.headend.capacity.CapacityAnswer;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.testing.RecordedEffects;

/**
 * The head end's own campaign, which keeps a record of each device, over the devices of a fleet:
 * each answers as long after its request as it did in the fleet, and with the same end.
 */
final class TrackedCampaign implements CampaignWorld {
  private static final String NAME = "fleet";
  private static final FileVersion VERSION = FileVersion.of(9);

  /** A Sunday at noon: whole steps and periods of the scenario's clock. */
  private static final long START = 1_795_000_000_000L / 86_400_000L * 86_400_000L;

  /** Who it is: so many of a region and wave had their turn before it. */
  record Device(int region, int wave, long number) {
    Eui64 address() {
      return Eui64.of(((long) region << 40) | ((long) wave << 32) | number);
    }

    static Device of(Eui64 address) {
      long bits = address.value();
      return new Device((int) (bits >> 40), (int) (bits >> 32) & 0xFF, bits & 0xFFFF_FFFFL);
    }
  }

  /** How it ended, and how long after its request. */
  record Outcome(long millis, FleetCounts.Kind kind) {}

  /** What was decided of a wave, or of the campaign where the name is empty. */
  record Decision(long millis, String wave, String state) {}

  private record Due(long millis, long sequence, Input input) {}

  private final FleetScenario scenario;
  private final Map<Eui64, Outcome> outcomes;
  private final CampaignMachine machine;
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::millis).thenComparing(Due::sequence));
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private long wakeAt = Long.MAX_VALUE;
  private long now;
  private long sequence;

  TrackedCampaign(FleetScenario scenario, Map<Eui64, Outcome> outcomes) {
    this.scenario = scenario;
    this.outcomes = outcomes;
    FleetLayout layout = new FleetLayout(scenario);
    for (int region = 0; region < layout.regions(); region++) {
      for (int wave = 0; wave < scenario.campaign().waves().size(); wave++) {
        for (long number = 0; number < layout.devices(region, wave); number++) {
          members.add(member(new Device(region, wave, number)));
        }
      }
    }
    machine =
        new CampaignMachine(
            this, new InMemoryRecordStore(), ParameterValues.defaults(HeadEndParameter.class));
  }

  private Member member(Device device) {
    String region = scenario.regions().get(device.region()).name();
    return new Member(
        device.address(),
        Eui64.of(device.address().value() | 1L << 56),
        DeviceType.PPMID,
        scenario.campaign().waves().get(device.wave()).name(),
        Optional.empty(),
        new Member.Cell(region, "all"));
  }

  private CampaignPlan plan() {
    FleetCampaign campaign = scenario.campaign();
    List<CampaignPlan.GroupPlan> groups = new ArrayList<>();
    for (FleetCampaign.Wave each : campaign.waves()) {
      DeviceQuery query = new DeviceQuery(List.of(), List.of(each.name()), List.of());
      groups.add(
          new CampaignPlan.GroupPlan(
              each.name(),
              query,
              new GroupSize.All(),
              each.success(),
              each.error(),
              each.soakMillis(),
              each.isGated()));
    }
    int all = members.size();
    FleetCampaign.Pace pace = campaign.pace();
    return new CampaignPlan(
        NAME,
        new CampaignPlan.Target(
            VERSION, Octets.wrap(new byte[32]), scenario.image().octets(), ReasonClass.DEFECT),
        groups,
        List.of(),
        new CampaignPlan.Pace(all, all, pace.startsPerPeriod(), pace.periodMillis(), 0, 1),
        new CampaignPlan.Times(campaign.answerMillis(), START + campaign.endsMillis()),
        false);
  }

  @Override
  public Collection<Member> members() {
    return members;
  }

  @Override
  public boolean isListed(CampaignPlan.Target target) {
    return true;
  }

  @Override
  public CapacityAnswer capacity(CampaignPlan plan, Collection<Member> devices, long utcMillis) {
    return new CapacityAnswer.Fits(utcMillis);
  }

  private Now time() {
    return new Now(now * 1_000_000L, START + now);
  }

  private void in(long millis, Input input) {
    due.add(new Due(now + millis, sequence++, input));
  }

  private interface Call {
    void of(Now now, RecordedEffects effects);
  }

  private void call(Call call) {
    RecordedEffects effects = new RecordedEffects();
    call.of(time(), effects);
    if (effects.wakeAt != Long.MAX_VALUE) {
      wakeAt = (effects.wakeAt + 999_999) / 1_000_000;
    }
    effects.toWan.forEach(this::order);
    effects.events.forEach(this::heard);
  }

  private void order(ToWan what) {
    if (!(what instanceof CampaignOrder.Update update)) {
      return;
    }
    Eui64 device = update.member().device();
    Outcome outcome =
        Objects.requireNonNull(outcomes.get(device), () -> "nobody ordered " + Device.of(device));
    if (outcome.kind() != FleetCounts.Kind.SILENT) {
      DeviceReport report =
          outcome.kind() == FleetCounts.Kind.UPDATED
              ? new DeviceReport.Runs(VERSION)
              : new DeviceReport.NotUpdated("rolled back");
      in(outcome.millis(), new CampaignInput.Report(device, report));
    }
  }

  private void heard(Event event) {
    if (event instanceof CampaignEvent.WaveMoved moved) {
      decisions.add(new Decision(now, moved.group(), moved.state().toString()));
      if (moved.state() == GroupState.AT_GATE) {
        long gate =
            scenario.campaign().waves().stream()
                .filter(each -> each.name().equals(moved.group()))
                .findFirst()
                .orElseThrow()
                .gate();
        in(gate, new CampaignInput.Release(NAME, moved.group(), "the scenario"));
      }
    } else if (event instanceof CampaignEvent.Moved moved) {
      decisions.add(new Decision(now, "", moved.state().toString()));
    } else if (event instanceof CampaignEvent.Stopped) {
      decisions.add(new Decision(now, "", CampaignState.STOPPED.toString()));
    } else if (event instanceof CampaignEvent.Refused || event instanceof CampaignEvent.NotDone) {
      throw new AssertionError(event);
    }
  }

  /**
   * Goes on until nothing is due, or only the time at which a campaign that is over is forgotten.
   */
  void run() {
    call(machine::onStart);
    call(
        (at, effects) ->
            machine.onInput(at, new CampaignInput.Create(plan(), "a supplier"), effects));
    call((at, effects) -> machine.onInput(at, new CampaignInput.Start(NAME, "test"), effects));
    while (!due.isEmpty() || (wakeAt != Long.MAX_VALUE && !machine.view().isOver(NAME))) {
      if (due.isEmpty() || wakeAt <= due.element().millis()) {
        now = Math.max(now, wakeAt);
        wakeAt = Long.MAX_VALUE;
        call(machine::onTimer);
      } else {
        Due next = due.remove();
        now = Math.max(now, next.millis());
        call((at, effects) -> machine.onInput(at, next.input(), effects));
      }
    }
  }

  List<Decision> decisions() {
    return decisions;
  }

  /** Devices of all waves that are in a state. */
  long devices(DeviceState state) {
    return machine.status(NAME, time()).orElseThrow().of(state);
  }
}
