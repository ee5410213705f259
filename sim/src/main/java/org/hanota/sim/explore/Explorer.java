// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.hanota.api.machine.Peer;
import org.hanota.sim.explore.Exploration.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Goes every way that a model can take, breadth first: first all that needs no fault, then all that
 * needs one, and so on. A state that was found with fewer faults is not looked at again with more,
 * since all that follows was found then.
 */
public final class Explorer {
  private final Model model;
  private final Bounds bounds;
  private final Messages messages = new Messages();
  private final NodeStates hub;
  private final NodeStates device;
  private final StateSet states = new StateSet();
  private final World here;
  private final World next;
  private final int[] numbers = new int[World.LENGTH_MAX];

  /** Fewest faults on a way to each state, and steps of the shortest such way. */
  private final Ints faults = new Ints();

  private final Ints depths = new Ints();
  private final BitSet expanded = new BitSet();

  /** What follows without a fault or an order: pairs of states. */
  private final Ints follows = new Ints();

  /** States in which the update is over. */
  private final BitSet ended = new BitSet();

  /** What is to be looked at, by depth: with the faults of now, and with one more. */
  private List<Ints> layer = new ArrayList<>();

  private List<Ints> nextLayer = new ArrayList<>();

  private final List<Integer> statesByFaults = new ArrayList<>();
  private long steps;
  private @Nullable Violation violation;
  private int violatedFrom;
  private int violatedBy;
  private int violatedFaults;
  private int violatedDepth;

  private Explorer(Model model, Bounds bounds, StateKey key) {
    this.model = model;
    this.bounds = bounds;
    Peer server = model.hub().get().config().self();
    hub = new NodeStates(true, model.hub(), server, messages, key);
    device = new NodeStates(false, model.device(), server, messages, key);
    here = world(null);
    next = world(null);
  }

  private World world(@Nullable List<String> events) {
    return new World(hub, device, messages, model.first().size(), events);
  }

  /** Explores the model. */
  public static Exploration explore(Model model, Bounds bounds) {
    return explore(model, bounds, new StateKey());
  }

  /** The same with another opinion of what a state is, so that a test can plant a fault in it. */
  static Exploration explore(Model model, Bounds bounds, StateKey key) {
    return new Explorer(model, bounds, key).explore();
  }

  private Exploration explore() {
    here.begin();
    if (here.violation() != null) {
      throw new IllegalArgumentException(
          "model " + model.name() + " breaks at its start: " + here.violation());
    }
    found(here, -1, 0, 0, 0);
    for (int used = 0; used <= bounds.faults() && isOn(used, 0); used++) {
      int before = expanded.cardinality();
      layer(used);
      statesByFaults.add(expanded.cardinality() - before);
      layer = nextLayer;
      nextLayer = new ArrayList<>();
    }
    int frontier = states.size() - expanded.cardinality();
    List<Moment> way = List.of();
    if (violation != null) {
      way = new Way(model, states, this::world).to(violatedFrom, violatedBy);
    } else if (frontier == 0) {
      way = endless();
    }
    int deepest = 0;
    for (int i = 0; i < depths.size(); i++) {
      deepest = Math.max(deepest, depths.get(i));
    }
    return new Exploration(
        model,
        bounds,
        states.size(),
        steps,
        ended.cardinality(),
        deepest,
        statesByFaults,
        hub.size(),
        device.size(),
        hub.calls() + device.calls(),
        hub.compared() + device.compared(),
        frontier,
        Optional.ofNullable(violation),
        way);
  }

  /** Whether to go on: nothing found later could be a shorter way to a violation. */
  private boolean isOn(int used, int depth) {
    boolean isBetter =
        violation == null
            || used < violatedFaults
            || (used == violatedFaults && depth + 1 < violatedDepth);
    return isBetter && states.size() < bounds.maximumStates();
  }

  private void layer(int used) {
    for (int depth = 0; depth < layer.size(); depth++) {
      // It may grow meanwhile by ways of no step, of which there are none.
      Ints found = layer.get(depth);
      for (int i = 0; i < found.size() && isOn(used, depth); i++) {
        int state = found.get(i);
        if (!expanded.get(state) && faults.get(state) == used && depths.get(state) == depth) {
          expand(state, used, depth);
        }
      }
    }
  }

  private void expand(int state, int used, int depth) {
    expanded.set(state);
    here.read(states, state);
    if (here.hasEnded()) {
      ended.set(state);
      Violation wrong = disagreement();
      if (wrong != null) {
        violated(wrong, states.before(state), states.by(state), used, depth);
      }
    }
    boolean withFaults = used < bounds.faults();
    Action.forEach(
        here,
        model.anyTime().size(),
        withFaults,
        action -> {
          int after = used + (isFree(action) ? 0 : Action.faults(action));
          if (after <= bounds.faults()) {
            take(state, action, after, depth + 1);
          }
        });
  }

  /** A server that is off is not found, which is no fault of its own. */
  private boolean isFree(int action) {
    return Action.kind(action) == Action.Kind.NOT_FOUND && !here.node(1 - Action.node(action)).isOn;
  }

  /** Both sides have to say the same of how the update ended. */
  private @Nullable Violation disagreement() {
    String said = here.node(World.HUB).outcome;
    String runs = here.node(World.DEVICE).outcome;
    return said.isEmpty() || said.equals(runs)
        ? null
        : new Violation("I7", "the hub says that " + said + " runs, the device runs " + runs);
  }

  private void take(int state, int action, int used, int depth) {
    steps++;
    next.copy(here);
    Action.perform(next, action);
    Violation broken = next.violation();
    if (broken != null) {
      violated(broken, state, action, used, depth);
      return;
    }
    int to = found(next, state, action, used, depth);
    if (used == faults.get(state) && Action.kind(action) != Action.Kind.ORDER) {
      follows.add(state);
      follows.add(to);
    }
  }

  private void violated(Violation broken, int from, int action, int used, int depth) {
    if (violation == null
        || used < violatedFaults
        || (used == violatedFaults && depth < violatedDepth)) {
      violation = broken;
      violatedFrom = from;
      violatedBy = action;
      violatedFaults = used;
      violatedDepth = depth;
    }
  }

  private int found(World world, int from, int action, int used, int depth) {
    int known = states.size();
    int state = states.add(numbers, world.write(numbers), from, action);
    if (state == known) {
      faults.add(used);
      depths.add(depth);
    } else if (expanded.get(state)
        || used > faults.get(state)
        || (used == faults.get(state) && depth >= depths.get(state))) {
      return state;
    } else {
      states.way(state, from, action);
      faults.set(state, used);
      depths.set(state, depth);
    }
    List<Ints> into = from < 0 || used == faults.get(from) ? layer : nextLayer;
    while (into.size() <= depth) {
      into.add(new Ints());
    }
    into.get(depth).add(state);
    return state;
  }

  /**
   * Every way on which nothing more goes wrong has to end. Finds a state from which one does not:
   * it stands still, or goes round for ever.
   */
  private List<Moment> endless() {
    Endings endings = new Endings(states.size(), follows, ended);
    int stuck = endings.neverEnding();
    if (stuck < 0) {
      return List.of();
    }
    violation =
        new Violation(
            "I7",
            endings.standsStill(stuck)
                ? "nothing more happens, and the update has not ended"
                : "without a further fault the update goes on for ever");
    return new Way(model, states, this::world).to(stuck);
  }
}
