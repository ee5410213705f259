// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.Arrays;

/** Numbers, one after the other. */
final class Ints {
  private int[] values = new int[1 << 12];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.addExact(size, size));
    }
    values[size++] = value;
  }

  int get(int index) {
    return values[index];
  }

  void set(int index, int value) {
    values[index] = value;
  }

  int size() {
    return size;
  }
}
