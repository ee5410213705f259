// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.api.Octets;
import org.hanota.cli.ExitCode;
import org.hanota.keys.Sha256;
import org.hanota.sim.SwarmSeed;
import org.hanota.sim.scenario.Nemesis;

/**
 * Runs the scenarios of a range of seeds side by side. What it finds does not depend on the number
 * of workers: results are taken in the order of the seeds.
 */
final class SwarmRange {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  /** A line of progress for about so many parts of a range. */
  private static final int PARTS = 20;

  /** Seeds that are handed out at once for each worker, so that no worker waits for another. */
  private static final int AHEAD = 8;

  private final long from;
  private final long to;
  private final MessageDigestOfSeeds digest = new MessageDigestOfSeeds();
  private final Map<Nemesis, Long> fired = new EnumMap<>(Nemesis.class);
  private final Map<String, Long> sometimes = new TreeMap<>();
  private final List<SwarmSeed> violations = new ArrayList<>();
  private long checks;
  private long devices;
  private long failed;
  private long unfinished;

  /** The digests of the seeds in their order make the digest of the range. */
  private static final class MessageDigestOfSeeds {
    private Octets sofar = Octets.wrap(new byte[0]);

    void add(SwarmSeed seed) {
      String line = seed.seed() + " " + seed.digest() + "\n";
      sofar = Sha256.of(sofar.concat(Octets.wrap(line.getBytes(StandardCharsets.UTF_8))));
    }

    String hex() {
      return sofar.toHex();
    }
  }

  private SwarmRange(long from, long to) {
    this.from = from;
    this.to = to;
  }

  /**
   * The range that {@code text} names.
   *
   * @throws IllegalArgumentException if it names none
   */
  static SwarmRange of(String text) {
    Matcher matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is \"" + text + "\", allowed FROM-TO as in 1-100000");
    }
    long first = Long.parseLong(matcher.group(1));
    long last = Long.parseLong(matcher.group(2));
    if (last < first) {
      throw new IllegalArgumentException(
          "is \"" + text + "\", allowed a second number that is not below the first");
    }
    return new SwarmRange(first, last);
  }

  /**
   * Runs all seeds and prints what came of them.
   *
   * @param runs runs one seed; called by several threads
   * @param workers how many threads
   * @param progress gets a line now and then
   */
  int run(
      LongFunction<SwarmSeed> runs,
      int workers,
      boolean json,
      PrintWriter out,
      PrintWriter progress) {
    long wallStart = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<SwarmSeed>> ahead = new ArrayList<>();
      long next = from;
      for (long seed = from; seed <= to; seed++) {
        while (next <= to && ahead.size() < AHEAD * workers) {
          long drawn = next++;
          ahead.add(pool.submit(() -> runs.apply(drawn)));
        }
        take(ahead.remove(0).get(), json, out);
        progress(seed, progress);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return ExitCode.WRONG;
    } catch (ExecutionException fault) {
      throw new AssertionError("a seed's faults are its result", fault.getCause());
    } finally {
      pool.shutdownNow();
    }
    double seconds = (System.nanoTime() - wallStart) / 1e9;
    print(json, out, seconds);
    return violations.isEmpty() ? ExitCode.DONE : ExitCode.WRONG;
  }

  private void take(SwarmSeed seed, boolean json, PrintWriter out) {
    digest.add(seed);
    seed.fired().forEach((nemesis, times) -> fired.merge(nemesis, times, Long::sum));
    seed.sometimes().forEach((what, times) -> sometimes.merge(what, times, Long::sum));
    checks += seed.checks();
    devices += seed.devices();
    failed += seed.failed();
    unfinished += seed.unfinished();
    if (seed.violation().isPresent()) {
      violations.add(seed);
      if (!json) {
        out.println(seed.violation().get());
        out.flush();
      }
    }
  }

  private void progress(long seed, PrintWriter progress) {
    long done = seed - from + 1;
    long all = to - from + 1;
    long step = Math.max(1, all / PARTS);
    if (done % step == 0 && done < all) {
      progress.printf(
          Locale.ROOT, "%,d of %,d seeds, %,d violations%n", done, all, violations.size());
      progress.flush();
    }
  }

  private List<String> never() {
    return Arrays.stream(Nemesis.values())
        .filter(nemesis -> !fired.containsKey(nemesis))
        .map(Nemesis::label)
        .toList();
  }

  private void print(boolean json, PrintWriter out, double seconds) {
    if (json) {
      json(seconds).toPrettyString().lines().forEach(out::println);
    } else {
      out.printf(
          Locale.ROOT,
          "Seeds %d to %d: %,d violations; %,d devices, %,d failed as a nemesis explains, %,d ended"
              + " after the nemeses stopped; %,d checks in %.0f s%n",
          from,
          to,
          violations.size(),
          devices,
          failed,
          unfinished,
          checks,
          seconds);
      out.println("Digest " + digest.hex());
      fired.forEach(
          (nemesis, times) -> out.printf(Locale.ROOT, "  %,12d %s%n", times, nemesis.label()));
      sometimes.forEach((what, times) -> out.printf(Locale.ROOT, "  %,12d %s%n", times, what));
      if (!never().isEmpty()) {
        out.println("Never struck: " + String.join(", ", never()));
      }
    }
    out.flush();
  }

  private ObjectNode json(double seconds) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("from", from).put("to", to).put("digest", digest.hex());
    ArrayNode found = root.putArray("violations");
    for (SwarmSeed seed : violations) {
      found
          .addObject()
          .put("seed", seed.seed())
          .put("text", seed.violation().orElseThrow())
          .put("replay", SwarmSeed.replay(seed.seed()));
    }
    root.put("devices", devices)
        .put("failed", failed)
        .put("unfinished", unfinished)
        .put("invariantChecks", checks);
    ObjectNode nemeses = root.putObject("nemeses");
    for (Nemesis nemesis : Nemesis.values()) {
      nemeses.put(nemesis.label(), fired.getOrDefault(nemesis, 0L));
    }
    ObjectNode reached = root.putObject("sometimes");
    sometimes.forEach(reached::put);
    root.put("wallMillis", Math.round(seconds * 1_000));
    return root;
  }
}
