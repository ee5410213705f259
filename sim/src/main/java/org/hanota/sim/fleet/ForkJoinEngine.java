// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;

/** Some workers in this process; whoever is free takes the next shard. */
public final class ForkJoinEngine implements FleetEngine {
  private final int workers;

  /**
   * @param workers at least 1
   */
  public ForkJoinEngine(int workers) {
    FleetScenario.check("workers", workers, 1, 1_000);
    this.workers = workers;
  }

  @Override
  public void run(Pass pass, int[] shards, Results results) throws InterruptedException {
    ForkJoinPool pool = new ForkJoinPool(workers);
    AtomicInteger next = new AtomicInteger();
    Object order = new Object();
    try {
      List<ForkJoinTask<?>> tasks = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        tasks.add(
            pool.submit(
                () -> {
                  int place = next.getAndIncrement();
                  while (place < shards.length && !pool.isShutdown()) {
                    long[] result = pass.shard(shards[place]);
                    synchronized (order) {
                      results.arrived(shards[place], result);
                    }
                    place = next.getAndIncrement();
                  }
                }));
      }
      for (ForkJoinTask<?> each : tasks) {
        Object unused = each.get();
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      } else if (failed.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
