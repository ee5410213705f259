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
  private final FaultyLink link;

  /** Draws from {@code random}. */
  public RandomFaults(SeededRandom random, LinkFaults faults) {
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
    return link.judge(frame);
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
