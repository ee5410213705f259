// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import org.hanota.api.SeededRandom;
import org.jspecify.annotations.Nullable;

/**
 * The random streams of one home. Each has a key of its own: seed, home, node, purpose, and how
 * many came before for the same. Nothing else in the simulator makes a random source, so none is
 * without a purpose.
 */
public final class Streams {
  /** Node of what belongs to no node. */
  public static final int NO_NODE = (1 << 24) - 1;

  private static final int RUN_BITS = 32;
  private static final int NODE_BITS = 24;

  private final long seed;
  private final long home;
  private final @Nullable Draws draws;

  private Streams(long seed, long home, @Nullable Draws draws) {
    this.seed = seed;
    this.home = home;
    this.draws = draws;
  }

  /**
   * @param seed of the whole simulation
   * @param home number of the home
   */
  public static Streams of(long seed, long home) {
    return new Streams(seed, home, null);
  }

  /** The same streams, each draw of which {@code listener} hears. */
  public Streams heardBy(Draws listener) {
    return new Streams(seed, home, listener);
  }

  /** The only stream of the home for a purpose. */
  public SeededRandom of(Purpose purpose) {
    return of(NO_NODE, purpose, 0);
  }

  /** The only stream of a node for a purpose. */
  public SeededRandom of(int node, Purpose purpose) {
    return of(node, purpose, 0);
  }

  /**
   * One of several streams of a node for a purpose.
   *
   * @param node its number, or {@link #NO_NODE}
   * @param run how many came before, as for each start of a machine
   */
  public SeededRandom of(int node, Purpose purpose, int run) {
    if (node < 0 || node > NO_NODE) {
      throw new IllegalArgumentException("node is " + node + ", allowed 0 to " + NO_NODE);
    }
    if (run < 0) {
      throw new IllegalArgumentException("run is " + run + ", allowed 0 and more");
    }
    long key = ((long) purpose.number() << NODE_BITS | node) << RUN_BITS | run;
    SeededRandom random = SeededRandom.of(seed, home, key);
    return draws == null ? random : new Heard(random, name(node, purpose, run), draws);
  }

  private static String name(int node, Purpose purpose, int run) {
    return purpose
        + (node == NO_NODE ? "" : " of node " + node)
        + (run == 0 ? "" : " after " + run + (run == 1 ? " restart" : " restarts"));
  }

  /** A stream that tells each of its draws. */
  private static final class Heard extends SeededRandom {
    private final String name;
    private final Draws draws;

    Heard(SeededRandom stream, String name, Draws draws) {
      super(stream);
      this.name = name;
      this.draws = draws;
    }

    @Override
    public long nextLong() {
      long value = super.nextLong();
      draws.drawn(name, value);
      return value;
    }
  }
}
