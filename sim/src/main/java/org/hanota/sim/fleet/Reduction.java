// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.Arrays;
import java.util.TreeMap;

/** Adds the results of shards in the order of their numbers, each once. */
final class Reduction implements FleetEngine.Results {
  private final FleetCounts sum;
  private final TreeMap<Integer, long[]> early = new TreeMap<>();
  private final long[] marks;
  private int next;

  Reduction(FleetCounts sum, int shards) {
    this.sum = sum;
    this.marks = new long[shards];
  }

  @Override
  public void arrived(int shard, long[] result) {
    long mark = Scatter.mix(Arrays.hashCode(result) * 31L + result[0]) | 1;
    if (marks[shard] != 0) {
      if (marks[shard] != mark) {
        throw new ShardsDiffer(shard);
      }
      return;
    }
    marks[shard] = mark;
    early.put(shard, result);
    while (!early.isEmpty() && early.firstKey() == next) {
      sum.add(early.pollFirstEntry().getValue());
      next++;
    }
  }

  /** Whether each shard is there. */
  boolean isComplete() {
    return next == marks.length;
  }

  /** A shard that was computed twice came to two results: nothing of the run is to be trusted. */
  static final class ShardsDiffer extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ShardsDiffer(int shard) {
      super(
          "shard "
              + shard
              + " arrived twice with different results: a machine is broken, or two versions of"
              + " this program work together");
    }
  }
}
