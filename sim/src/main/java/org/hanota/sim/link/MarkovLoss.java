// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.SeededRandom;

/**
 * Losses that come in bursts: each directed link is a Markov chain in continuous time, so that its
 * state follows from the time and not from how much is sent. With two states it is the model of
 * Gilbert and Elliott.
 */
public final class MarkovLoss implements LinkModel {
  private static final int NODE_BITS = 16;

  /**
   * A state of a link.
   *
   * @param loss the fraction of signals that it loses
   * @param meanNanos how long it lasts on average; its end is memoryless
   * @param next weights of the states that may follow, in their order; its own is not used
   */
  public record State(double loss, long meanNanos, List<Double> next) {
    /** Checks the ranges. */
    public State {
      next = List.copyOf(next);
      if (!(loss >= 0 && loss <= 1) || meanNanos < 1) {
        throw new IllegalArgumentException(
            "a state has loss "
                + loss
                + " and lasts "
                + meanNanos
                + " ns, allowed 0 to 1 and 1 ns and more");
      }
      if (next.stream().anyMatch(weight -> !(weight >= 0 && weight <= 1))) {
        throw new IllegalArgumentException("next is " + next + ", allowed weights from 0 to 1");
      }
    }
  }

  /** Makes the random sources of links. */
  @FunctionalInterface
  public interface Sources {
    /** A source of a directed link; {@code number} is 0 or 1. */
    SeededRandom of(int from, int to, int number);
  }

  private final Ends ends;
  private final List<State> states;
  private final Sources sources;
  private final Map<Integer, Chain> chains = new TreeMap<>();
  private boolean healed;
  private long fired;

  /**
   * @param states at least one; each link begins in the first
   * @param sources makes two for each directed link: for its states, and for what it loses in them
   */
  public MarkovLoss(Ends ends, List<State> states, Sources sources) {
    check(states);
    this.ends = ends;
    this.states = List.copyOf(states);
    this.sources = sources;
  }

  /** Refuses states that do not fit each other. */
  public static void check(List<State> states) {
    for (int i = 0; i < states.size(); i++) {
      List<Double> next = states.get(i).next();
      int own = i;
      if (states.size() > 1 && (next.size() != states.size() || others(next, own) == 0)) {
        throw new IllegalArgumentException(
            "state "
                + i
                + " has next "
                + next
                + ", allowed a weight for each of the "
                + states.size()
                + " states, one of another state above 0");
      }
    }
    if (states.isEmpty()) {
      throw new IllegalArgumentException("states are none, allowed one and more");
    }
  }

  private static double others(List<Double> weights, int own) {
    double sum = 0;
    for (int i = 0; i < weights.size(); i++) {
      sum += i == own ? 0 : weights.get(i);
    }
    return sum;
  }

  @Override
  public Signal carry(long nanos, int from, int to, Kind kind) {
    if (healed || !ends.include(from, to)) {
      return Signal.WHOLE;
    }
    Chain chain =
        chains.computeIfAbsent(
            from << NODE_BITS | to,
            link -> new Chain(sources.of(from, to, 0), sources.of(from, to, 1)));
    boolean lost = chain.loses(nanos);
    fired += lost ? 1 : 0;
    return lost ? Signal.LOST : Signal.WHOLE;
  }

  @Override
  public void heal() {
    healed = true;
  }

  @Override
  public long fired() {
    return fired;
  }

  /** One link. What is sent over it does not move its states. */
  private final class Chain {
    private final SeededRandom moves;
    private final SeededRandom signals;
    private int state;
    private long untilNanos;

    Chain(SeededRandom moves, SeededRandom signals) {
      this.moves = moves;
      this.signals = signals;
      untilNanos = dwell();
    }

    boolean loses(long nanos) {
      while (nanos >= untilNanos && states.size() > 1) {
        state = next();
        untilNanos = Math.addExact(untilNanos, dwell());
      }
      return signals.chance(states.get(state).loss());
    }

    /** Exponential. Java says what StrictMath gives to the last bit. */
    private long dwell() {
      double uniform = (moves.nextLong() >>> 11) * 0x1.0p-53;
      return 1 + (long) (-StrictMath.log(1 - uniform) * states.get(state).meanNanos());
    }

    private int next() {
      List<Double> weights = states.get(state).next();
      double left = (moves.nextLong() >>> 11) * 0x1.0p-53 * others(weights, state);
      int last = state;
      for (int i = 0; i < weights.size(); i++) {
        if (i == state || weights.get(i) == 0) {
          continue;
        }
        last = i;
        left -= weights.get(i);
        if (left < 0) {
          break;
        }
      }
      return last;
    }
  }
}
