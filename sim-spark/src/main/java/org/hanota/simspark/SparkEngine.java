// SPDX-License-Identifier: Apache-2.0
package org.hanota.simspark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkDriverExecutionException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.hanota.sim.fleet.FleetEngine;
import org.hanota.sim.fleet.FleetScenario;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Computes shards on a cluster, one in each task. A task that is lost with its machine is computed
 * again elsewhere and comes to the same; some shards are computed twice in any case, so that a
 * machine that computes otherwise ends the run. [hanota H143]
 */
public final class SparkEngine implements FleetEngine {
  /** Of so many shards one is computed twice. */
  private static final int TWICE = 50;

  private final JavaSparkContext spark;
  private final String text;
  private final FleetScenario scenario;

  /**
   * An engine for one scenario.
   *
   * @param spark the cluster, which the caller ends
   * @param text of the scenario, which each machine reads
   * @param scenario what is run, which is that of the text but for the number of homes
   */
  public SparkEngine(JavaSparkContext spark, String text, FleetScenario scenario) {
    this.spark = spark;
    this.text = text;
    this.scenario = scenario;
  }

  /** Shards in their order, some of them a second time at the end. */
  private static List<Integer> tasks(int[] shards) {
    List<Integer> tasks = new ArrayList<>();
    IntStream.of(shards).forEach(tasks::add);
    for (int i = 0; i < shards.length; i += TWICE) {
      tasks.add(shards[i]);
    }
    return tasks;
  }

  @Override
  public void run(Pass pass, int[] shards, Results results) throws InterruptedException {
    if (shards.length == 0) {
      return;
    }
    List<Integer> tasks = tasks(shards);
    JavaRDD<Integer> partitions = spark.parallelize(tasks, tasks.size());
    List<Object> all = new ArrayList<>(IntStream.range(0, tasks.size()).boxed().toList());
    try {
      // Spark calls the handler one task at a time, as each comes, on a thread of its own.
      spark
          .sc()
          .runJob(
              partitions.rdd(),
              new ShardTask(text, scenario.homes(), pass.recipe()),
              CollectionConverters.asScala(all).toSeq(),
              new Arrival(tasks, results),
              ClassTag$.MODULE$.<long[]>apply(long[].class));
    } catch (Exception failed) {
      throw cause(failed);
    }
  }

  /** Spark declares no exception and throws any; what the handler throws comes within another. */
  private RuntimeException cause(Exception failed) throws InterruptedException {
    if (failed instanceof InterruptedException interrupted) {
      spark.sc().cancelAllJobs();
      throw interrupted;
    }
    if (failed instanceof SparkDriverExecutionException
        && failed.getCause() instanceof RuntimeException own) {
      return own;
    }
    return failed instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(failed.getMessage(), failed);
  }

  private static final class Arrival extends AbstractFunction2<Object, long[], BoxedUnit> {
    private final List<Integer> tasks;
    private final Results results;

    Arrival(List<Integer> tasks, Results results) {
      this.tasks = tasks;
      this.results = results;
    }

    @Override
    public BoxedUnit apply(Object task, long[] result) {
      results.arrived(tasks.get((Integer) task), result);
      return BoxedUnit.UNIT;
    }
  }
}
