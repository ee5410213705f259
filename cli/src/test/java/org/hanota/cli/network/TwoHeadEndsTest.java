// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hanota.api.Eui64;
import org.hanota.headend.request.MessageId;
import org.hanota.headendsql.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of a head end on one PostgreSQL, hubs in processes of their own over the WAN, and a
 * supplier's script of 200 requests (an 11.1 and an 11.3 for each of 100 meters): the process that
 * acts is killed (SIGKILL) 20 times, and once stands still (SIGSTOP) until the other acts and then
 * goes on. {@code -Dhanota.seed=N} repeats the moments, counted in steps of the script; {@code
 * -Dhanota.soak=short} has 12 requests and 3 kills.
 */
@Tag("soak")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class TwoHeadEndsTest {
  private static final boolean SHORT = "short".equals(System.getProperty("hanota.soak"));
  private static final long SEED = Long.getLong("hanota.seed", 1);
  private static final int HOMES = 2;
  private static final int METERS = SHORT ? 3 : 50;
  private static final int KILLS = SHORT ? 3 : 20;
  private static final int FIRMWARE_OCTETS = 3_000;
  private static final long TAKEN_OVER_WITHIN_MS = 10_000;

  /** Puts 11.1; asks for 11.3; puts the signed pre-command: three for each meter. */
  private static final int STEPS = 3 * HOMES * METERS;

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final NavigableSet<Integer> killsBefore = new TreeSet<>();
  private final List<Long> takenOverAfterMs = new ArrayList<>();
  private int stopBefore;
  private int step;
  private int active;

  /** What is done next, while its head end is killed. */
  private record Put(String service, Path file) {}

  private void begin(HomeProcesses homes) {
    homes.receive();
    homes.headEnd(0);
    homes.await("headend-0", "acts, epoch ");
    homes.headEnd(1);
    homes.await("headend-1", "stands by: .* acts");
    for (int home = 0; home < HOMES; home++) {
      homes.hub(home);
      homes.meters(home, 0);
      homes.await(HomeProcesses.hubName(home), "head end at localhost:\\d+ is connected");
    }
    List<Integer> moments = new ArrayList<>(IntStream.range(1, STEPS).boxed().toList());
    Collections.shuffle(moments, random);
    killsBefore.addAll(moments.subList(0, KILLS));
    stopBefore = moments.get(KILLS);
  }

  /** Puts a message; before some of them, or while they are under way, another must take over. */
  private void put(HomeProcesses homes, CurlSupplier supplier, Put put) throws Exception {
    if (killsBefore.contains(step)) {
      killActive(homes, supplier, put);
    } else if (step == stopBefore) {
      stopActive(homes, supplier, put);
    }
    step++;
    supplier.put(put.service(), put.file());
  }

  private static String name(int headEnd) {
    return HomeProcesses.headEndName(headEnd);
  }

  private void killActive(HomeProcesses homes, CurlSupplier supplier, Put put) throws Exception {
    int other = 1 - active;
    homes.awaitSinceStart(name(other), "stands by: ");
    long before = homes.epoch(other);
    // Half of them while the message is under way: whether it came, nobody knows.
    if (random.nextBoolean()) {
      Process unheard = supplier.beginPut(put.service(), put.file());
      if (random.nextBoolean()) {
        int unused = unheard.waitFor();
      }
    }
    long killed = System.nanoTime();
    homes.kill(name(active));
    homes.await(name(other) + " acts", () -> homes.epoch(other) > before);
    takenOverAfterMs.add((System.nanoTime() - killed) / 1_000_000);
    homes.headEnd(active);
    active = other;
  }

  /** It goes on with what it had when the other one acts already: it is fenced. */
  private void stopActive(HomeProcesses homes, CurlSupplier supplier, Put put) throws Exception {
    int old = active;
    int other = 1 - old;
    homes.awaitSinceStart(name(other), "stands by: ");
    long before = homes.epoch(other);
    long waits = homes.matches(name(old), "stands by: ");
    Process unheard = supplier.beginPut(put.service(), put.file());
    homes.signal("STOP", name(old));
    homes.await(name(other) + " acts", () -> homes.epoch(other) > before);
    active = other;
    homes.signal("CONT", name(old));
    homes.await(
        name(old) + " stands by again", () -> homes.matches(name(old), "stands by: ") > waits);
    assertThat(homes.epoch(old)).isLessThan(homes.epoch(other));
    int unused = unheard.waitFor();
  }

  @Test
  void killedTwentyTimesTheyLoseNothingAndDoNothingTwice() throws Exception {
    String store = PostgresServer.newDatabase();
    try (HomeProcesses homes =
        new HomeProcesses(folder, store, 2, HOMES, METERS, FIRMWARE_OCTETS)) {
      begin(homes);
      CurlSupplier supplier = new CurlSupplier(homes.files(), homes.users(), homes::lastWords);
      Map<Eui64, MessageId> activations = script(homes, supplier);
      checkEnd(homes, supplier, activations);
    }
    System.out.println(
        "seed "
            + SEED
            + ": "
            + 2 * HOMES * METERS
            + " requests, taken over after "
            + takenOverAfterMs
            + " ms");
    assertThat(takenOverAfterMs).hasSize(KILLS);
    assertThat(takenOverAfterMs).allMatch(each -> each <= TAKEN_OVER_WITHIN_MS);
  }

  private Map<Eui64, MessageId> script(HomeProcesses homes, CurlSupplier supplier)
      throws Exception {
    List<Eui64> meters = new ArrayList<>();
    for (int home = 0; home < HOMES; home++) {
      for (Eui64 meter : homes.files().meters(home)) {
        meters.add(meter);
        assertThat(supplier.count(CurlSupplier.receipt(meter)))
            .as("what came to " + meter + " before its 11.1")
            .isZero();
        Path request = supplier.request("11.1", "meter", List.of(meter));
        put(homes, supplier, new Put("serviceD", request));
      }
    }
    Map<Eui64, MessageId> activations = new LinkedHashMap<>();
    for (Eui64 meter : meters) {
      supplier.awaitReceived("the receipt of " + meter, CurlSupplier.receipt(meter));
      Path request = supplier.request("11.3", "meter", List.of(meter));
      put(homes, supplier, new Put("serviceT", request));
      put(homes, supplier, new Put("serviceS", supplier.signed(request)));
      activations.put(meter, CurlSupplier.id(request));
    }
    assertThat(step).isEqualTo(STEPS);
    return activations;
  }

  private static void checkEnd(
      HomeProcesses homes, CurlSupplier supplier, Map<Eui64, MessageId> activations) {
    activations.forEach(
        (meter, request) ->
            supplier.awaitReceived("the answer of " + meter, CurlSupplier.done(request)));
    homes.await("the inventory has all", () -> runsNew(homes.inventory()) == activations.size());
    String log = homes.audit();
    for (int home = 0; home < HOMES; home++) {
      for (Eui64 meter : homes.files().meters(home)) {
        assertThat(supplier.count(CurlSupplier.receipt(meter))).as("receipts of " + meter).isOne();
        MessageId activation = requireNonNull(activations.get(meter));
        assertThat(supplier.count(CurlSupplier.done(activation))).as("answers of " + meter).isOne();
        // The log is kept with what it tells of.
        assertThat(count(log, " sends .* to " + meter)).as("11.1 of " + meter).isOne();
        assertThat(count(log, " is on its way to " + meter)).as("CS06 of " + meter).isOne();
      }
    }
    String inventory = homes.inventory();
    assertThat(inventory.lines().filter(line -> line.contains(" is ACTIVE ")))
        .as(inventory)
        .hasSize(2 * activations.size());
  }

  private static long count(String log, String pattern) {
    return log.lines().filter(line -> line.matches(".*" + pattern + ".*")).count();
  }

  private static long runsNew(String inventory) {
    return inventory.lines().filter(line -> line.contains("ESME    runs 01000001")).count();
  }
}
