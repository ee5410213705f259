// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

/**
 * Computes the shards of a fleet: on this machine, or on many. It may compute them in any order and
 * any of them more than once; nothing of a shard depends on that.
 */
public interface FleetEngine {
  /**
   * One way through all homes.
   *
   * <p>Its calls may come from several threads at once.
   */
  interface Pass {
    /** How many shards there are. */
    int shards();

    /** Computes one, from 0. */
    long[] shard(int number);

    /**
     * Which pass it is: with the scenario, all that another process needs to compute the same
     * shards by a {@link FleetWorker}.
     */
    long[] recipe();
  }

  /** Takes what was computed. Its calls come one at a time, in any order. */
  interface Results {
    /** A shard is there; if it was before, with the same result. */
    void arrived(int shard, long[] result);
  }

  /**
   * Computes shards and gives each to {@code results}.
   *
   * @param shards which ones, without repetition; best begun in this order
   * @throws InterruptedException if the thread was interrupted; what has arrived has arrived
   */
  void run(Pass pass, int[] shards, Results results) throws InterruptedException;
}
