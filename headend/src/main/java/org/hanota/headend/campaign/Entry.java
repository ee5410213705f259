// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.Comparator;
import org.hanota.api.SeededRandom;

/** A device of a campaign, in memory. */
final class Entry {
  /** Whose turn is earlier; equal ones by their ids. */
  static final Comparator<Entry> BY_TURN =
      Comparator.comparingLong((Entry each) -> each.dueUtcMillis)
          .thenComparing(each -> each.member.device());

  /** Who was asked earlier; equal ones by their ids. */
  static final Comparator<Entry> BY_ORDER =
      Comparator.comparingLong((Entry each) -> each.orderedUtcMillis)
          .thenComparing(each -> each.member.device());

  final Member member;
  final Group group;
  private DeviceState state = DeviceState.WAITING;
  private long orderedUtcMillis;
  private long dueUtcMillis;
  private long endedUtcMillis;
  private String cause = "";

  Entry(Member member, Group group) {
    this.member = member;
    this.group = group;
  }

  DeviceState state() {
    return state;
  }

  long orderedUtcMillis() {
    return orderedUtcMillis;
  }

  long dueUtcMillis() {
    return dueUtcMillis;
  }

  String cause() {
    return cause;
  }

  /** Its turn within its wave: the same for the same seed, campaign and device. */
  void spread(CampaignPlan plan, long begunUtcMillis) {
    long jitter = plan.pace().jitterMillis();
    dueUtcMillis =
        begunUtcMillis
            + (jitter == 0
                ? 0
                : SeededRandom.of(plan.pace().seed(), member.device().value(), group.number())
                    .belowLong(jitter));
  }

  /** A request goes out now. */
  void order(long utcMillis) {
    orderedUtcMillis = utcMillis;
  }

  /** Its turn is then. */
  void defer(long utcMillis) {
    dueUtcMillis = utcMillis;
  }

  /** It has ended by then. */
  void end(long utcMillis) {
    endedUtcMillis = utcMillis;
  }

  /** When it ended; 0 if it has not. */
  long endedUtcMillis() {
    return endedUtcMillis;
  }

  /** Whether anything has happened to it: only then a record is kept of it. */
  boolean isKept() {
    return state != DeviceState.WAITING || orderedUtcMillis != 0;
  }

  /** It is in another state; its group counts it there. */
  void move(DeviceState next, String why) {
    group.count(state, next);
    state = next;
    cause = why;
  }

  void load(Records.Outcome kept) {
    move(kept.state(), kept.cause());
    orderedUtcMillis = kept.orderedUtcMillis();
    dueUtcMillis = kept.dueUtcMillis();
    endedUtcMillis = kept.endedUtcMillis();
  }

  Records.Outcome record(String campaign) {
    return new Records.Outcome(
        campaign, member.device(), state, orderedUtcMillis, dueUtcMillis, endedUtcMillis, cause);
  }
}
