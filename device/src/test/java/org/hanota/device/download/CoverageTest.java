// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hanota.api.SeededRandom;
import org.junit.jupiter.api.Test;

class CoverageTest {
  /** Against a set of octets, which cannot be wrong. */
  @Property(seed = "20261123", tries = 2_000)
  void segmentsInAnyOrderLostOrRepeatedAreCountedOnce(
      @ForAll @IntRange(min = 1, max = 400) int size,
      @ForAll @IntRange(min = 1, max = 60) int most,
      @ForAll long seed) {
    SeededRandom random = SeededRandom.of(seed, 0, 0);
    Coverage coverage = new Coverage(size, 0);
    BitSet there = new BitSet(size);
    List<int[]> segments = new ArrayList<>();
    for (int at = 0; at < size; ) {
      int length = Math.min(size - at, 1 + random.below(most));
      segments.add(new int[] {at, length});
      at += length;
    }
    for (int round = 0; round < 20; round++) {
      shuffle(segments, random);
      for (int[] segment : segments) {
        if (random.below(4) == 0) {
          continue;
        }
        offer(coverage, size, there, segment[0], segment[1]);
        if (random.below(4) == 0) {
          offer(coverage, size, there, segment[0], segment[1]);
        }
        // A stranger's segment that overlaps what is there or reaches past the end.
        offer(coverage, size, there, random.below(size), 1 + random.below(most));
      }
    }
    while (!coverage.isComplete()) {
      // As the device asks: from the position to the next octet that is there.
      int length = (int) Math.min(coverage.gap(), most);
      offer(coverage, size, there, (int) coverage.position(), length);
    }
    assertThat(there.cardinality()).isEqualTo(size);
  }

  private static void shuffle(List<int[]> segments, SeededRandom random) {
    for (int i = segments.size() - 1; i > 0; i--) {
      Collections.swap(segments, i, random.below(i + 1));
    }
  }

  private static void offer(Coverage coverage, int size, BitSet there, int offset, int length) {
    boolean isNew = offset + length <= size && isFree(there, offset, length);
    assertThat(coverage.isNew(offset, length)).as(offset + "+" + length).isEqualTo(isNew);
    if (isNew) {
      coverage.add(offset, length);
      there.set(offset, offset + length);
    }
    assertThat(coverage.position()).isEqualTo(there.nextClearBit(0));
    int nextThere = there.nextSetBit((int) coverage.position());
    assertThat(coverage.gap()).isEqualTo((nextThere < 0 ? size : nextThere) - coverage.position());
  }

  private static boolean isFree(BitSet there, int offset, int length) {
    int next = there.nextSetBit(offset);
    return next < 0 || next >= offset + length;
  }

  @Test
  void forgottenIslandsAreAskedForAgain() {
    Coverage coverage = new Coverage(100, 10);
    coverage.add(50, 10);
    assertThat(coverage.gap()).isEqualTo(40);
    coverage.forgetIslands();
    assertThat(coverage.gap()).isEqualTo(90);
    assertThat(coverage.isNew(50, 10)).isTrue();
  }
}
