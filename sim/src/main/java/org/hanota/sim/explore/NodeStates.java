// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hanota.api.machine.Peer;
import org.jspecify.annotations.Nullable;

/**
 * The states in which one node was found, and what each leads to. A stimulus is given to the real
 * machine once for each state, in a run that goes the way on which that state was first found; what
 * it did is kept. So the interleavings of two nodes cost no more calls than their own states need.
 *
 * <p>That is right only if two ways to one state have one future, which is what the state's text
 * has to ensure. It is tried out: where a second way to a state was found, the stimulus is given to
 * a run of that one too, and must lead to the same.
 */
final class NodeStates {
  /** Runs that are kept where they stand, to go on from there; each holds a whole node. */
  private static final int RUNS_MAX = 4_096;

  /** One state. */
  static final class State {
    final int number;
    final @Nullable State before;
    final long by;
    final boolean isOn;
    final boolean isOpen;
    final long wakesIn;
    final int jobs;
    final int discoveries;
    final String outcome;

    /** What was tried, in no order. */
    private final Map<Long, Step> steps = new HashMap<>();

    private @Nullable NodeRun run;

    /** The end of another way here. */
    private @Nullable State otherBefore;

    private long otherBy;

    State(int number, @Nullable State before, long by, NodeRun run) {
      this.number = number;
      this.before = before;
      this.by = by;
      this.isOn = run.isOn();
      this.isOpen = run.node().isOpen();
      this.wakesIn = run.wakesIn();
      this.jobs = run.jobs();
      this.discoveries = run.discoveries();
      this.outcome = run.node().outcome();
    }
  }

  /** What a stimulus did in a state. */
  record Step(State to, Reaction reaction) {}

  private final boolean isHub;
  private final Supplier<Node> nodes;
  private final Peer server;
  private final Messages messages;
  private final StateKey key;
  private final Map<String, State> numbers = new HashMap<>();
  private final List<State> states = new ArrayList<>();
  private final Deque<State> withRun = new ArrayDeque<>();
  private long calls;
  private long compared;

  NodeStates(boolean isHub, Supplier<Node> nodes, Peer server, Messages messages, StateKey key) {
    this.isHub = isHub;
    this.nodes = nodes;
    this.server = server;
    this.messages = messages;
    this.key = key;
    NodeRun first = run();
    State begin = new State(0, null, 0, first);
    numbers.put(first.key(key), begin);
    states.add(begin);
  }

  private NodeRun run() {
    return new NodeRun(isHub, nodes.get(), server, messages);
  }

  State first() {
    return states.get(0);
  }

  State state(int number) {
    return states.get(number);
  }

  int size() {
    return states.size();
  }

  /** Stimuli that were given to machines, those on the way to a state included. */
  long calls() {
    return calls;
  }

  /** Stimuli that were given on two ways to a state, and led to the same. */
  long compared() {
    return compared;
  }

  /** What the stimulus does in that state. */
  Step step(State from, long stimulus) {
    Step known = from.steps.get(stimulus);
    if (known == null) {
      known = find(from, stimulus);
      from.steps.put(stimulus, known);
    }
    return known;
  }

  private Step find(State from, long stimulus) {
    NodeRun run = from.run == null ? replay(from) : from.run;
    from.run = null;
    calls++;
    Reaction reaction = run.apply(stimulus);
    String text = run.key(key);
    @Nullable State other = from.otherBefore;
    if (other != null && reaction.violation() == null) {
      Violation differs = compare(from, other, stimulus, reaction, text);
      if (differs != null) {
        reaction =
            new Reaction(
                reaction.items(),
                reaction.sequences(),
                reaction.frames(),
                reaction.forgets(),
                reaction.events(),
                differs);
      }
    }
    State to = numbers.get(text);
    if (to == null) {
      to = new State(states.size(), from, stimulus, run);
      states.add(to);
      numbers.put(text, to);
      keep(to, run);
    } else if (to.before != from && to.otherBefore == null && to != from) {
      to.otherBefore = from;
      to.otherBy = stimulus;
    }
    return new Step(to, reaction);
  }

  private void keep(State state, NodeRun run) {
    state.run = run;
    withRun.add(state);
    if (withRun.size() > RUNS_MAX) {
      withRun.remove().run = null;
    }
  }

  /** A run that has come to that state on the way on which it was first found. */
  NodeRun replay(State state) {
    NodeRun run = run();
    for (long stimulus : way(state)) {
      calls++;
      run.repeat(stimulus);
    }
    return run;
  }

  private static List<Long> way(State to) {
    List<Long> way = new ArrayList<>();
    for (State at = to; at.before != null; at = at.before) {
      way.add(at.by);
    }
    Collections.reverse(way);
    return way;
  }

  private @Nullable Violation compare(
      State from, State other, long stimulus, Reaction expected, String text) {
    NodeRun second = replay(other);
    calls += 2;
    second.repeat(from.otherBy);
    Reaction found = second.apply(stimulus);
    String foundText = second.key(key);
    compared++;
    if (foundText.equals(text)
        && found.items().equals(expected.items())
        && found.sequences() == expected.sequences()
        && found.frames() == expected.frames()
        && found.forgets() == expected.forgets()
        && found.violation() == null) {
      return null;
    }
    return new Violation(
        Violation.STATE_KEY,
        "two ways to one state of the "
            + (isHub ? "hub" : "device")
            + " differ at "
            + Stimulus.kind(stimulus)
            + ": "
            + difference(expected, text, found, foundText));
  }

  private static String difference(
      Reaction expected, String text, Reaction found, String foundText) {
    String[] first = text.split("\n", -1);
    String[] second = foundText.split("\n", -1);
    for (int i = 0; i < Math.max(first.length, second.length); i++) {
      String one = i < first.length ? first[i] : "nothing";
      String two = i < second.length ? second[i] : "nothing";
      if (!one.equals(two)) {
        return "'" + one + "' after one, '" + two + "' after the other";
      }
    }
    return expected + " and " + found;
  }
}
