// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

import org.hanota.api.SeededRandom;
import org.hanota.api.transport.FaultCounts;
import org.hanota.api.transport.FaultyLink;
import org.hanota.api.transport.FaultyLink.Signal;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.LinkFaults;
import org.hanota.api.transport.Verdict;

/** The same independent faults on all links. */
public final class RandomFaults implements LinkModel {
  /** Hears of frames that come changed. */
  @FunctionalInterface
  public interface Damage {
    /** A frame between these nodes does, at this time. */
    void unseen(long nanos, int from, int to);
  }

  private final FaultyLink link;
  private final Damage damage;

  /**
   * Draws from {@code random}.
   *
   * @param damage hears of each frame that comes changed and that no link check drops
   */
  public RandomFaults(SeededRandom random, LinkFaults faults, Damage damage) {
    this.damage = damage;
    this.link = new FaultyLink(random, faults);
  }

  /** How often each fault fired so far. */
  public FaultCounts counts() {
    return link.counts();
  }

  @Override
  public Signal carry(long nanos, int from, int to, Kind kind) {
    return switch (kind) {
      case FRAME -> link.carry();
      case ACKNOWLEDGEMENT -> link.acknowledges() ? Signal.WHOLE : Signal.LOST;
      case ANSWER -> link.answers() ? Signal.WHOLE : Signal.LOST;
    };
  }

  @Override
  public Verdict judge(long nanos, int from, int to, Frame frame) {
    Verdict verdict = link.judge(frame);
    if (verdict.changed().isPresent()) {
      damage.unseen(nanos, from, to);
    }
    return verdict;
  }

  @Override
  public void heal() {
    link.faults(LinkFaults.NONE);
  }

  @Override
  public long fired() {
    FaultCounts counts = link.counts();
    return counts.dropped()
        + counts.acknowledgementsDropped()
        + counts.repeated()
        + counts.reordered()
        + counts.corrupted()
        + counts.corruptedUndetected()
        + counts.delayed();
  }
}
