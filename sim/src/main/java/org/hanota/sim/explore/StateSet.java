// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.Arrays;

/**
 * The states that were found, each a few numbers, with the way to each. Equality is by all numbers:
 * no two states are taken for one by chance.
 */
final class StateSet {
  private static final int FIRST_STATES = 1 << 12;
  private static final int FIRST_NUMBERS = 1 << 15;

  private int[] numbers = new int[FIRST_NUMBERS];
  private int used;
  private int[] starts = new int[FIRST_STATES + 1];
  private int[] before = new int[FIRST_STATES];
  private int[] by = new int[FIRST_STATES];
  private int[] table = new int[2 * FIRST_STATES];
  private int size;

  int size() {
    return size;
  }

  /** From which state it was found; -1 for the first one. */
  int before(int state) {
    return before[state];
  }

  /** By which action. */
  int by(int state) {
    return by[state];
  }

  /** It was found on a better way. */
  void way(int state, int from, int action) {
    before[state] = from;
    by[state] = action;
  }

  int length(int state) {
    return starts[state + 1] - starts[state];
  }

  int at(int state, int index) {
    return numbers[starts[state] + index];
  }

  /** The number of the state; a new one is added as found on that way. */
  int add(int[] state, int length, int from, int action) {
    int slot = hash(state, length) & table.length - 1;
    while (table[slot] != 0) {
      int known = table[slot] - 1;
      if (length(known) == length
          && Arrays.equals(numbers, starts[known], starts[known + 1], state, 0, length)) {
        return known;
      }
      slot = slot + 1 & table.length - 1;
    }
    table[slot] = size + 1;
    if (used + length > numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.addExact(numbers.length, numbers.length));
    }
    System.arraycopy(state, 0, numbers, used, length);
    used += length;
    if (size == before.length) {
      before = Arrays.copyOf(before, 2 * size);
      by = Arrays.copyOf(by, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size + 1);
    }
    before[size] = from;
    by[size] = action;
    starts[++size] = used;
    if (2 * size > table.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    table = new int[2 * table.length];
    for (int state = 0; state < size; state++) {
      int[] copy = Arrays.copyOfRange(numbers, starts[state], starts[state + 1]);
      int slot = hash(copy, copy.length) & table.length - 1;
      while (table[slot] != 0) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = state + 1;
    }
  }

  private static int hash(int[] state, int length) {
    long hash = length;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ state[i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash ^ hash >>> 32);
  }
}
