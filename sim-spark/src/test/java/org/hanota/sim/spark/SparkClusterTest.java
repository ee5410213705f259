// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.hanota.sim.fleet.FleetEngine;
import org.hanota.sim.fleet.FleetReader;
import org.hanota.sim.fleet.FleetResult;
import org.hanota.sim.fleet.FleetRun;
import org.hanota.sim.fleet.FleetScenario;
import org.hanota.sim.fleet.ForkJoinEngine;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet on a real cluster of two workers, one of which is killed in the middle. */
@Tag("soak")
class SparkClusterTest {
  private static final long HOMES = 1_000_000;
  private static final FleetRun.Progress QUIET = (wave, done, shards) -> {};

  @TempDir Path folder;

  private static String text() throws Exception {
    return Files.readString(Shared.root().resolve("docs/scenarios/two-regions.yaml"));
  }

  private static FleetScenario scenario() throws Exception {
    return FleetReader.read(text()).withHomes(HOMES);
  }

  private static JavaSparkContext context(String master) {
    SparkConf conf =
        new SparkConf()
            .setAppName("test")
            .setMaster(master)
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.executor.memory", "512m")
            .set("spark.executor.cores", "1")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set(
                "spark.executor.extraJavaOptions",
                "-XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow");
    return new JavaSparkContext(conf);
  }

  @Test
  void aWorkerThatIsKilledInTheMiddleChangesNoOctetOfTheResult() throws Exception {
    String digest = FleetRun.run(scenario(), new ForkJoinEngine(2), QUIET).digest();
    List<String> hosts = new ArrayList<>();
    try (SparkCluster cluster = SparkCluster.start(folder, 2);
        JavaSparkContext spark = context(cluster.url())) {
      AtomicInteger arrived = new AtomicInteger();
      FleetRun.Progress kills =
          (wave, done, shards) -> {
            if (arrived.incrementAndGet() == 10) {
              hosts.add(wave + " " + done + " of " + shards);
              try {
                cluster.killWorker(0);
              } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
              }
            }
          };
      FleetResult result =
          FleetRun.run(scenario(), new SparkEngine(spark, text(), scenario()), kills);
      assertThat(result.digest()).isEqualTo(digest);
    }
    System.out.println("killed after " + hosts + ", digest " + digest);
    assertThat(hosts).hasSize(1);
  }

  /** Each fiftieth shard comes twice; here what arrives first is not what was computed. */
  @Test
  void aShardThatComesOutOtherwiseTheSecondTimeEndsTheRun() throws Exception {
    try (JavaSparkContext spark = context("local[2]")) {
      FleetEngine plain = new SparkEngine(spark, text(), scenario().withHomes(60_000));
      AtomicInteger arrivals = new AtomicInteger();
      FleetEngine planted =
          (pass, shards, results) ->
              plain.run(
                  pass,
                  shards,
                  (shard, result) -> {
                    if (shard == 0 && arrivals.getAndIncrement() == 0) {
                      result[5]++;
                    }
                    results.arrived(shard, result);
                  });
      FleetScenario fleet = scenario().withHomes(60_000);
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> FleetRun.run(fleet, planted, QUIET))
          .withMessageContaining("shard 0 arrived twice with different results");
      assertThat(FleetRun.run(fleet, plain, QUIET).digest())
          .isEqualTo(FleetRun.run(fleet, new ForkJoinEngine(1), QUIET).digest());
    }
  }
}
