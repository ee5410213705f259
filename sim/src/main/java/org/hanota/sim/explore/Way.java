// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.hanota.sim.explore.Exploration.Moment;

/** Tells for people how a state was reached. */
final class Way {
  private static final String[] NAMES = {"hub", "device"};

  private final Model model;
  private final StateSet states;
  private final Function<List<String>, World> worlds;

  /**
   * @param worlds makes a world at its beginning whose nodes report into the list
   */
  Way(Model model, StateSet states, Function<List<String>, World> worlds) {
    this.model = model;
    this.states = states;
    this.worlds = worlds;
  }

  /** The way to a state. */
  List<Moment> to(int state) {
    return to(state, -1);
  }

  /** The way to a state, and an action there unless it is -1. */
  List<Moment> to(int state, int last) {
    List<Integer> actions = new ArrayList<>();
    if (last >= 0) {
      actions.add(last);
    }
    for (int at = state; at > 0; at = states.before(at)) {
      actions.add(states.by(at));
    }
    Collections.reverse(actions);
    List<String> events = new ArrayList<>();
    World world = worlds.apply(events);
    world.begin();
    List<Moment> way = new ArrayList<>();
    way.add(
        new Moment(0, "hub", "hub", false, "starts: " + String.join(", ", model.first()), events));
    long nanos = 0;
    for (int action : actions) {
      events.clear();
      if (Action.kind(action) == Action.Kind.TIMER || Action.kind(action) == Action.Kind.LATE) {
        nanos += world.nextTimer();
      }
      String what = what(world, action);
      boolean isFrame = isFrame(Action.kind(action));
      String from = NAMES[Action.node(action)];
      String to = NAMES[isFrame ? 1 - Action.node(action) : Action.node(action)];
      boolean isFault = Action.faults(action) > 0;
      Action.perform(world, action);
      way.add(new Moment(nanos, from, to, isFault, what, events));
    }
    return way;
  }

  static boolean isFrame(Action.Kind kind) {
    return switch (kind) {
      case DELIVER, OVERTAKE, LOSE, LOSE_ACKNOWLEDGEMENT, REPEAT -> true;
      case START, JOB, FOUND, NOT_FOUND, TIMER, LATE, POWER_CUT, ORDER -> false;
    };
  }

  private String what(World world, int action) {
    int place = Action.place(action);
    return switch (Action.kind(action)) {
      case DELIVER -> frame(world, action);
      case OVERTAKE -> frame(world, action) + ", before what was sent earlier";
      case LOSE -> frame(world, action) + " is lost";
      case LOSE_ACKNOWLEDGEMENT -> frame(world, action) + ", its acknowledgement is lost";
      case REPEAT -> frame(world, action) + ", and is to come again";
      case START -> "starts";
      case JOB -> "a job ends";
      case FOUND -> "finds its server";
      case NOT_FOUND -> "finds no server";
      case TIMER -> "its timer runs out";
      case LATE -> "its timer runs out before what is under way has come";
      case POWER_CUT -> "loses its power";
      case ORDER -> "is told: " + model.anyTime().get(place);
    };
  }

  private static String frame(World world, int action) {
    return world.text(world.frame(Action.node(action), Action.place(action)));
  }
}
