// SPDX-License-Identifier: Apache-2.0
package org.hanota.simspark;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.hanota.sim.fleet.FleetReader;
import org.hanota.sim.fleet.FleetScenario;
import org.hanota.sim.fleet.FleetWorker;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * What goes to an executor: the scenario's text and the recipe of a pass. It computes the one shard
 * of its partition.
 */
final class ShardTask extends AbstractFunction2<TaskContext, Iterator<Integer>, long[]>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Which scenario: its text, for so many homes. */
  private record Key(String text, long homes) {}

  /** Workers of this process, whose threads share the models of the links. */
  private static final Map<Key, FleetWorker> WORKERS = new ConcurrentHashMap<>();

  private final String text;
  private final long homes;
  private final long[] recipe;

  ShardTask(String text, long homes, long[] recipe) {
    this.text = text;
    this.homes = homes;
    this.recipe = recipe.clone();
  }

  private static FleetWorker worker(Key key) {
    FleetScenario scenario = FleetReader.read(key.text());
    return new FleetWorker(scenario.withHomes(key.homes()));
  }

  @Override
  public long[] apply(TaskContext task, Iterator<Integer> shards) {
    int shard = shards.next();
    FleetWorker worker = WORKERS.computeIfAbsent(new Key(text, homes), ShardTask::worker);
    return worker.shard(recipe, shard);
  }
}
