// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.List;
import org.hanota.headend.campaign.CampaignPlan.GroupPlan;

/**
 * A campaign that knows of its devices only how many of each wave are in which state, for
 * simulations of millions. It decides as {@link CampaignMachine} does, by the same tables and
 * thresholds. Keeps nothing. [hanota H121]
 */
public final class CountedCampaign {
  private final List<Group> groups = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final Subject subject = new Subject();
  private CampaignState state = CampaignState.CREATED;
  private long nowUtcMillis;

  /**
   * Something that it decided.
   *
   * @param utcMillis when
   * @param wave the name of the wave; empty for the campaign itself
   * @param state of the wave or the campaign, as from then on
   * @param why the reason
   */
  public record Decision(long utcMillis, String wave, String state, String why) {}

  /** A campaign with these waves, none of which has a device yet. */
  public CountedCampaign(List<GroupPlan> waves) {
    for (GroupPlan each : waves) {
      groups.add(new Group(each, groups.size(), GroupTransitions.TABLE));
    }
  }

  /** So many more devices belong to a wave and wait. */
  public void enrol(int wave, long devices) {
    groups.get(wave).count(null, DeviceState.WAITING, devices);
  }

  /** So many devices of a wave went from a state to another. */
  public void count(int wave, DeviceState from, DeviceState to, long devices) {
    groups.get(wave).count(from, to, devices);
  }

  /** It begins. */
  public void start(long utcMillis) {
    nowUtcMillis = utcMillis;
    subject.fire(CampaignStimulus.START, "", "");
    Judgement.judge(subject, utcMillis);
  }

  /** What is due by what has been counted happens. */
  public void judge(long utcMillis) {
    nowUtcMillis = utcMillis;
    Judgement.judge(subject, utcMillis);
  }

  /** Its time is over: no request goes out any more. */
  public void expire(long utcMillis) {
    nowUtcMillis = utcMillis;
    subject.fire(CampaignStimulus.TIME_OVER, "its time is over", "the clock");
  }

  /** Somebody lets the next wave follow. */
  public void release(int wave, String by, long utcMillis) {
    nowUtcMillis = utcMillis;
    if (groups.get(wave).release(by, utcMillis)) {
      subject.waveMoved(groups.get(wave), "released by " + by);
    }
    Judgement.judge(subject, utcMillis);
  }

  /** How far it got. */
  public CampaignState state() {
    return state;
  }

  /** How far a wave got. */
  public GroupState state(int wave) {
    return groups.get(wave).state();
  }

  /** When a wave that is soaking was watched long enough. */
  public long soakedUtcMillis(int wave) {
    return groups.get(wave).soakedUtcMillis();
  }

  /** What it decided so far, in its order. */
  public List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  private final class Subject implements Judgement.Subject {
    @Override
    public CampaignState state() {
      return state;
    }

    @Override
    public List<Group> groups() {
      return groups;
    }

    @Override
    public boolean fire(Group group, GroupStimulus stimulus, long utcMillis) {
      return group.fire(stimulus, utcMillis);
    }

    @Override
    public void waveMoved(Group group, String why) {
      decisions.add(new Decision(nowUtcMillis, group.plan().name(), group.state().toString(), why));
    }

    @Override
    public void fire(CampaignStimulus stimulus, String why, String by) {
      CampaignStep step = new CampaignStep();
      state = CampaignTransitions.TABLE.fire(state, stimulus, step);
      if (step.isMoved()) {
        decisions.add(new Decision(nowUtcMillis, "", state.toString(), why));
      }
    }
  }
}
