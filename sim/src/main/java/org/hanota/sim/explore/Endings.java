// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.BitSet;

/** From which states every way without a further fault leads to an end. */
final class Endings {
  private final int states;

  /** States all of whose ways end. */
  private final BitSet ends;

  /** Ways out of each state that are not known to end. */
  private final int[] open;

  /**
   * @param states how many there are
   * @param follows pairs of states, the second of which follows the first
   * @param ended in which it is over
   */
  Endings(int states, Ints follows, BitSet ended) {
    this.states = states;
    this.ends = (BitSet) ended.clone();
    this.open = new int[states];
    int[] starts = new int[states + 1];
    for (int i = 0; i < follows.size(); i += 2) {
      open[follows.get(i)]++;
      starts[follows.get(i + 1) + 1]++;
    }
    for (int i = 0; i < states; i++) {
      starts[i + 1] += starts[i];
    }
    int[] filled = starts.clone();
    int[] before = new int[follows.size() / 2];
    for (int i = 0; i < follows.size(); i += 2) {
      before[filled[follows.get(i + 1)]++] = follows.get(i);
    }
    goBack(starts, before);
  }

  private void goBack(int[] starts, int[] before) {
    Ints queue = new Ints();
    ends.stream().forEach(queue::add);
    for (int i = 0; i < queue.size(); i++) {
      int state = queue.get(i);
      for (int j = starts[state]; j < starts[state + 1]; j++) {
        int from = before[j];
        if (--open[from] == 0 && !ends.get(from)) {
          ends.set(from);
          queue.add(from);
        }
      }
    }
  }

  /** A state that stands still, or else the first one from which a way goes on for ever; or -1. */
  int neverEnding() {
    if (ends.cardinality() == states) {
      return -1;
    }
    for (int state = ends.nextClearBit(0); state < states; state = ends.nextClearBit(state + 1)) {
      if (standsStill(state)) {
        return state;
      }
    }
    return ends.nextClearBit(0);
  }

  /** Whether nothing follows it. */
  boolean standsStill(int state) {
    return open[state] == 0 && !ends.get(state);
  }
}
