// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.hanota.headend.HeadEndParameter.CAMPAIGN_DEFERRAL;
import static org.hanota.headend.HeadEndParameter.CAMPAIGN_KEPT;
import static org.hanota.headend.HeadEndParameter.CAMPAIGN_STEP;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;

/**
 * The campaigns of a supplier. What a call changes is kept in one step before any request goes out:
 * a stop that was kept stops, and after a restart everything goes on from what was kept. [hanota
 * H90]
 */
public final class CampaignMachine implements LetterMachine {
  /** What it keeps. */
  public static final RecordKinds KINDS = Records.KINDS;

  private static final long CLOCK_RETRY_MILLIS = 60_000;

  private final CampaignWorld world;
  private final RecordStore store;
  private final ParameterValues<HeadEndParameter> parameters;
  private final Changes changes = new Changes();
  private final Campaigns campaigns;
  private final List<ToWan> orders = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private long lastUtcMillis = Now.UTC_UNKNOWN;
  private long wakeAt = Long.MAX_VALUE;

  /**
   * Makes a machine that has not started yet.
   *
   * @param world what it asks about devices, images and the WAN
   * @param store what it keeps, which outlives this object
   */
  public CampaignMachine(
      CampaignWorld world, RecordStore store, ParameterValues<HeadEndParameter> parameters) {
    this(world, store, parameters, Tables.EXACT);
  }

  CampaignMachine(
      CampaignWorld world,
      RecordStore store,
      ParameterValues<HeadEndParameter> parameters,
      Tables tables) {
    this.world = world;
    this.store = store;
    this.parameters = parameters;
    this.campaigns = new Campaigns(tables, changes);
  }

  @Override
  public void onStart(Now now, Effects effects) {
    for (Campaigns.Stray each : campaigns.load(store.loadForStart())) {
      String why = "the store has an outcome of " + each.device() + ", which is not in it";
      Campaign campaign = each.campaign();
      moved(campaign, campaign.fire(CampaignStimulus.INCONSISTENT, why, "the store"));
    }
    campaigns.all().forEach(this::again);
    finish(now, effects);
  }

  /** Nobody knows whether a request that was kept went out: it goes again, unless nothing may. */
  private void again(Campaign campaign) {
    if (campaign.state() == CampaignState.RUNNING) {
      campaign.underWay().stream()
          .filter(each -> each.state() == DeviceState.ORDERED)
          .forEach(each -> order(campaign, each, true));
    } else if (campaign.state() == CampaignState.STOPPED) {
      halt(campaign);
    }
  }

  private void order(Campaign campaign, Entry entry, boolean isAgain) {
    orders.add(
        new CampaignOrder.Update(campaign.name(), entry.member, campaign.plan().target(), isAgain));
  }

  private void halt(Campaign campaign) {
    orders.add(new CampaignOrder.Halt(campaign.name(), campaign.plan().target()));
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    if (input instanceof CampaignInput.Create create) {
      create(create, now);
    } else if (input instanceof CampaignInput.Report report) {
      report(report, now);
    } else if (input instanceof CampaignInput.Joined joined) {
      joined.members().forEach(each -> events.addAll(campaigns.join(each)));
    } else if (input instanceof CampaignInput.ImageWithdrawn withdrawn) {
      for (Campaign each : campaigns.all()) {
        if (each.plan().target().hash().equals(withdrawn.hash())) {
          String why = "image withdrawn: " + withdrawn.reason();
          moved(each, each.fire(CampaignStimulus.IMAGE_WITHDRAWN, why, "the list"));
        }
      }
    } else if (input instanceof CampaignInput word) {
      word(word, now);
    } else if (!(input instanceof Input.ServerFound) && !(input instanceof Input.NoServer)) {
      throw new IllegalArgumentException("input is " + input + ", allowed those of campaigns");
    }
    finish(now, effects);
  }

  private Admission examine(CampaignPlan plan, Now now) {
    return Admission.of(plan, world, campaigns.all(), campaigns::owner, now.utcMillis());
  }

  private void create(CampaignInput.Create word, Now now) {
    CampaignPlan plan = word.plan();
    Admission admission = examine(plan, now);
    if (!admission.refusals().isEmpty()) {
      events.add(new CampaignEvent.Refused(plan.name(), admission.refusals()));
      return;
    }
    campaigns.create(plan, admission.enrolled(), word.by());
    events.add(
        new CampaignEvent.Accepted(plan.name(), admission.enrolled().size(), admission.warnings()));
  }

  /**
   * What would happen if a campaign were created and started now and each device answered after the
   * same time; nothing is kept and nothing goes out.
   *
   * @param answerMillis after how long each device confirms the version
   */
  public DryRun dryRun(CampaignPlan plan, long answerMillis, Now now) {
    Admission admission = examine(plan, now);
    return admission.refusals().isEmpty()
        ? DryRun.of(plan, world, parameters, admission.warnings(), answerMillis, now)
        : DryRun.refused(admission.refusals());
  }

  private void word(CampaignInput input, Now now) {
    CampaignWord word = CampaignWord.of(input);
    Optional<Campaign> found = campaigns.find(word.campaign());
    if (found.isEmpty()) {
      notDone(word, "there is no such campaign");
      return;
    }
    Campaign campaign = found.get();
    if (input instanceof CampaignInput.Release release) {
      Optional<Group> group = campaign.group(release.group());
      if (group.isEmpty()) {
        notDone(word, "it has no group " + release.group());
      } else if (campaign.release(group.get(), release.by(), now.utcMillis())) {
        waveMoved(campaign, group.get(), "released by " + release.by());
      } else {
        notDone(word, "group " + release.group() + " is " + group.get().state());
      }
    } else if (input instanceof CampaignInput.Resume resume) {
      Resumption.refusal(campaign, resume.devices(), world, now.utcMillis())
          .ifPresentOrElse(why -> notDone(word, why), () -> resume(campaign, resume, word, now));
    } else {
      fire(campaign, word);
    }
  }

  private boolean fire(Campaign campaign, CampaignWord word) {
    CampaignStep step = campaign.fire(word.stimulus(), word.reason(), word.by());
    if (!step.isMoved()) {
      notDone(word, "it is " + campaign.state());
    }
    moved(campaign, step);
    return step.isMoved();
  }

  private void resume(Campaign campaign, CampaignInput.Resume resume, CampaignWord word, Now now) {
    if (fire(campaign, word)) {
      campaign.allow(resume.devices());
      for (Group each : campaign.groups()) {
        if (campaign.fire(each, GroupStimulus.RESUMED, now.utcMillis())) {
          waveMoved(campaign, each, "failures count from here");
        }
      }
    }
  }

  private void notDone(CampaignWord word, String why) {
    events.add(new CampaignEvent.NotDone(word.campaign(), word.name(), why));
  }

  private void report(CampaignInput.Report report, Now now) {
    Optional<Campaigns.Place> place = campaigns.place(report.device());
    if (place.isEmpty()) {
      events.add(new CampaignEvent.NotDone("", "report", report.device() + " is in no campaign"));
      return;
    }
    Campaign campaign = place.get().campaign();
    Entry entry = place.get().entry();
    CampaignWord.Said said = CampaignWord.said(report.what(), entry, campaign.plan());
    if (said.stimulus().isEmpty()) {
      return;
    }
    // Whoever names a time that has passed is not asked again at once, and for ever.
    long least = now.utcMillis() + parameters.get(CAMPAIGN_DEFERRAL);
    long utc =
        said.untilUtcMillis().isPresent()
            ? Math.max(said.untilUtcMillis().getAsLong(), least)
            : now.utcMillis();
    device(campaign, entry, said.stimulus().get(), said.why(), utc);
  }

  private void device(
      Campaign campaign, Entry entry, DeviceStimulus stimulus, String why, long utcMillis) {
    Eui64 device = entry.member.device();
    DeviceStep.Act act = campaign.fire(entry, stimulus, why, utcMillis).act();
    if (act == DeviceStep.Act.BESIDE) {
      String what = stimulus + (why.isEmpty() ? "" : ": " + why);
      events.add(new CampaignEvent.Beside(campaign.name(), device, entry.state(), what));
    } else if (act != DeviceStep.Act.NOTHING) {
      events.add(new CampaignEvent.DeviceMoved(campaign.name(), device, entry.state(), why));
    }
    if (act == DeviceStep.Act.ORDER) {
      order(campaign, entry, false);
    }
  }

  private void moved(Campaign campaign, CampaignStep step) {
    if (!step.isMoved()) {
      return;
    }
    if (step.isHalting()) {
      halt(campaign);
    }
    if (campaign.state() == CampaignState.STOPPED) {
      events.add(
          new CampaignEvent.Stopped(
              campaign.name(), campaign.reason(), campaign.by(), campaign.underWay().size()));
    } else {
      events.add(
          new CampaignEvent.Moved(
              campaign.name(), campaign.state(), campaign.reason(), campaign.by()));
    }
  }

  private void waveMoved(Campaign campaign, Group group, String why) {
    events.add(
        new CampaignEvent.WaveMoved(campaign.name(), group.plan().name(), group.state(), why));
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    wakeAt = Long.MAX_VALUE;
    finish(now, effects);
  }

  /** What is due happens; it is kept; then whoever is concerned hears of it. */
  private void finish(Now now, Effects effects) {
    if (now.knowsUtc()) {
      long utc = now.utcMillis();
      for (Campaign each : campaigns.all()) {
        if (each.isOpen()) {
          missedWindow(each, utc);
          silences(each, utc);
          judge(each, utc);
          turns(each, utc);
        }
      }
      forget(utc);
      lastUtcMillis = utc;
    }
    changes.save(store);
    orders.forEach(effects::toWan);
    events.forEach(effects::report);
    orders.clear();
    events.clear();
    long next = now.knowsUtc() ? next(now) : now.plusMillis(CLOCK_RETRY_MILLIS);
    if (next != wakeAt) {
      wakeAt = next;
      effects.wakeAt(next);
    }
  }

  /** Of a campaign that was over long ago nothing is kept; one step takes so many devices. */
  private void forget(long utc) {
    for (Campaign each : List.copyOf(campaigns.all())) {
      if (each.forgottenUtcMillis(parameters.get(CAMPAIGN_KEPT)) <= utc
          && each.forget(parameters.get(CAMPAIGN_STEP))) {
        campaigns.forget(each);
        events.add(new CampaignEvent.Forgotten(each.name()));
      }
    }
  }

  private void missedWindow(Campaign campaign, long utc) {
    if (campaign.isSending()
        && lastUtcMillis != Now.UTC_UNKNOWN
        && utc > lastUtcMillis
        && Window.isMissed(campaign.plan().windows(), lastUtcMillis, utc)) {
      events.add(new CampaignEvent.WindowMissed(campaign.name(), lastUtcMillis, utc));
    }
  }

  private void silences(Campaign campaign, long utc) {
    long answer = campaign.plan().times().answerMillis();
    while (!campaign.underWay().isEmpty()) {
      Entry first = campaign.underWay().first();
      if (first.orderedUtcMillis() + answer > utc) {
        return;
      }
      String why = "nothing was heard for " + answer + " ms";
      device(campaign, first, DeviceStimulus.SILENCE, why, utc);
      judge(campaign, utc);
    }
  }

  private void judge(Campaign campaign, long utc) {
    Judgement.judge(new JudgedCampaign(campaign, this::waveMoved, this::moved), utc);
    expire(campaign, utc);
  }

  private void expire(Campaign campaign, long utc) {
    if (utc >= campaign.plan().times().endsUtcMillis()) {
      moved(campaign, campaign.fire(CampaignStimulus.TIME_OVER, "its time is over", "the clock"));
    }
  }

  private void turns(Campaign campaign, long utc) {
    if (Window.open(campaign.plan().windows(), utc) > utc) {
      return;
    }
    long left = parameters.get(CAMPAIGN_STEP);
    for (String region : campaign.lanes().regions()) {
      while (campaign.isSending() && left > 0) {
        Optional<Entry> next = campaign.lanes().take(region, utc);
        if (next.isEmpty()) {
          break;
        }
        device(campaign, next.get(), DeviceStimulus.TURN, "", utc);
        left--;
      }
    }
    if (campaign.state() == CampaignState.RUNNING && campaign.allowance() == 0) {
      String why = "as many went out as the last word allowed";
      moved(campaign, campaign.fire(CampaignStimulus.ALLOWANCE_USED, why, "its size"));
    }
  }

  private long next(Now now) {
    long next = Long.MAX_VALUE;
    for (Campaign each : campaigns.all()) {
      next = Math.min(next, each.nextUtcMillis(now.utcMillis()));
      next = Math.min(next, each.forgottenUtcMillis(parameters.get(CAMPAIGN_KEPT)));
    }
    return next == Long.MAX_VALUE ? next : now.plusMillis(Math.max(0, next - now.utcMillis()));
  }

  /** How a campaign stands, if there is one of that name. */
  public Optional<CampaignStatus> status(String campaign, Now now) {
    return campaigns.find(campaign).map(each -> CampaignStatus.of(each, now));
  }

  /** How each device of a campaign stands; none if there is no campaign of that name. */
  public List<CampaignStatus.DeviceStatus> devices(String campaign) {
    return campaigns.find(campaign).map(CampaignStatus::devices).orElse(List.of());
  }

  /** More to look at: plans, and what may go out. */
  public CampaignView view() {
    return new CampaignView(campaigns);
  }

  @Override
  public void describe(StateWriter out) {
    for (Campaign each : campaigns.all()) {
      out.put(each.name(), each.state() + " " + each.allowance() + " " + each.plan());
      each.groups().forEach(group -> out.put(group.plan().name(), group.record(each.name())));
      each.entries().forEach(entry -> out.put("", entry.record(each.name())));
    }
  }
}
