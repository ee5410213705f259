// SPDX-License-Identifier: Apache-2.0
package org.hanota.simspark;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hanota.simspark.SparkCluster.PATIENCE_SECONDS;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.hanota.sim.fleet.FleetEngine;
import org.hanota.sim.fleet.FleetReader;
import org.hanota.sim.fleet.FleetResult;
import org.hanota.sim.fleet.FleetRun;
import org.hanota.sim.fleet.FleetScenario;
import org.hanota.sim.fleet.ForkJoinEngine;
import org.hanota.testing.Shared;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A fleet on a real cluster of two workers, one of which is killed in the middle. */
@Tag("soak")
@EnabledOnOs(OS.LINUX)
class SparkClusterTest {
  private static final long HOMES =
      "short".equals(System.getProperty("hanota.soak")) ? 400_000 : 1_000_000;

  /** Arrivals before the kill: a fourth of the shorter run's first wave. */
  private static final int MIDDLE = 5;

  private static final long NEEDED_OCTETS = 4L << 30;
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

  /** Hears on a thread of Spark's own which executor did something first, and which was lost. */
  private static final class Executors extends SparkListener {
    private final CompletableFuture<String> atWork = new CompletableFuture<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      atWork.complete(end.taskInfo().executorId());
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      lost.complete(removed.executorId());
    }
  }

  @Test
  void aWorkerThatIsKilledInTheMiddleChangesNoOctetOfTheResult() throws Exception {
    memory();
    String digest = FleetRun.run(scenario(), new ForkJoinEngine(2), QUIET).digest();
    List<String> killed = new ArrayList<>();
    Executors executors = new Executors();
    try (SparkCluster cluster = SparkCluster.start(folder, 2);
        JavaSparkContext spark = context(cluster.url())) {
      spark.sc().addSparkListener(executors);
      // A cluster without executors waits for them for ever.
      CompletableFuture<String> unused =
          executors
              .atWork
              .orTimeout(PATIENCE_SECONDS, SECONDS)
              .whenComplete(
                  (executor, late) -> {
                    if (late != null) {
                      spark.sc().cancelAllJobs();
                    }
                  });
      AtomicInteger arrived = new AtomicInteger();
      FleetRun.Progress kills =
          (wave, done, shards) -> {
            if (arrived.incrementAndGet() == MIDDLE) {
              // The events of the tasks before are on their way; their thread waits for nobody.
              String victim = executors.atWork.join();
              cluster.killWorkerOf(victim);
              assertThat(executors.lost.orTimeout(PATIENCE_SECONDS, SECONDS).join())
                  .isEqualTo(victim);
              killed.add("wave %s, %d of %d".formatted(wave, done, shards));
            }
          };
      FleetResult result =
          FleetRun.run(scenario(), new SparkEngine(spark, text(), scenario()), kills);
      assertThat(result.digest()).isEqualTo(digest);
    } catch (SparkCluster.NoClusterException absent) {
      Skipped.because("no cluster of Spark runs on this machine: " + absent.getMessage());
    } catch (RuntimeException failed) {
      if (!executors.atWork.isCompletedExceptionally()) {
        throw failed;
      }
      Skipped.because("no executor of Spark did anything in " + PATIENCE_SECONDS + " s");
    }
    System.out.println("a worker was killed at " + killed + ", digest " + digest);
    assertThat(killed).hasSize(1);
  }

  /** Six processes of Java, of which four have half a gibibyte of heap and more. */
  private static void memory() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    if (system.getTotalMemorySize() < NEEDED_OCTETS) {
      Skipped.because("a cluster of two workers needs 4 GiB of memory");
    }
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
