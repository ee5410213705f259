// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.nemesis;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.hanota.api.SeededRandom;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.scenario.Nemesis;

/**
 * Says at each occasion whether a nemesis strikes a node: by its rate, or because it was told to.
 * Each nemesis has a random stream of its own for each node, so that none shifts another.
 */
public final class Strikes {
  private static final int RUNS_PER_NEMESIS = 2;

  /** The place in it keys the streams: new ones come last. */
  private static final List<Nemesis> ORDER = List.of(Nemesis.values());

  private final Map<Nemesis, Double> rates;
  private final Streams streams;
  private final Map<Nemesis, Map<Integer, Integer>> armed = new EnumMap<>(Nemesis.class);
  private final Map<Nemesis, Map<Integer, SeededRandom>> draws = new EnumMap<>(Nemesis.class);
  private final Map<Nemesis, Map<Integer, SeededRandom>> details = new EnumMap<>(Nemesis.class);
  private final Map<Nemesis, Long> fired = new EnumMap<>(Nemesis.class);
  private final Listener listener;
  private final LongSupplier nanos;
  private boolean stopped;

  /** Hears of strikes. */
  @FunctionalInterface
  public interface Listener {
    /** A nemesis strikes a node. */
    void struck(Nemesis nemesis, int node, long nanos);
  }

  /**
   * @param rates the chance of each at each occasion; none for what is not there
   * @param listener hears of each strike
   * @param nanos the virtual time
   */
  public Strikes(
      Map<Nemesis, Double> rates, Streams streams, Listener listener, LongSupplier nanos) {
    this.listener = listener;
    this.nanos = nanos;
    this.rates = rates;
    this.streams = streams;
  }

  /** It will strike at the node's next occasion. */
  public void arm(Nemesis nemesis, int node) {
    armed.computeIfAbsent(nemesis, any -> new TreeMap<>()).merge(node, 1, Integer::sum);
  }

  /** Whether it strikes at this occasion. */
  public boolean strikes(Nemesis nemesis, int node) {
    if (stopped) {
      return false;
    }
    double rate = rates.getOrDefault(nemesis, 0.0);
    boolean drawn = rate > 0 && random(draws, nemesis, node, 0).chance(rate);
    boolean told = takeArmed(nemesis, node);
    if (!drawn && !told) {
      return false;
    }
    fired.merge(nemesis, 1L, Long::sum);
    listener.struck(nemesis, node, nanos.getAsLong());
    return true;
  }

  /** What a strike draws besides: how long, where, how much. */
  public SeededRandom details(Nemesis nemesis, int node) {
    return random(details, nemesis, node, 1);
  }

  private SeededRandom random(
      Map<Nemesis, Map<Integer, SeededRandom>> of, Nemesis nemesis, int node, int which) {
    return of.computeIfAbsent(nemesis, any -> new TreeMap<>())
        .computeIfAbsent(
            node,
            any ->
                streams.of(
                    node, Purpose.NEMESIS, ORDER.indexOf(nemesis) * RUNS_PER_NEMESIS + which));
  }

  private boolean takeArmed(Nemesis nemesis, int node) {
    Map<Integer, Integer> nodes = armed.get(nemesis);
    Integer left = nodes == null ? null : nodes.get(node);
    if (nodes == null || left == null || left == 0) {
      return false;
    }
    nodes.put(node, left - 1);
    return true;
  }

  /** Whether any of these strikes by its rate. */
  public boolean exist(Set<Nemesis> nemeses) {
    return nemeses.stream().anyMatch(each -> rates.getOrDefault(each, 0.0) > 0);
  }

  /** Nothing strikes any more. */
  public void stop() {
    stopped = true;
  }

  /** Whether nothing strikes any more. */
  boolean hasStopped() {
    return stopped;
  }

  /** How often each struck so far; none for what never did. */
  public Map<Nemesis, Long> fired() {
    return Collections.unmodifiableMap(new EnumMap<>(fired));
  }
}
