// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.function.IntConsumer;

/** What may happen next in a world, as one number: a kind, a node and a place. */
final class Action {
  /** Kinds, each with what it costs of the faults that may happen. */
  enum Kind {
    DELIVER(0),
    /** A frame arrives before one that was sent earlier. */
    OVERTAKE(1),
    LOSE(1),
    /** A frame arrives, its acknowledgement does not. */
    LOSE_ACKNOWLEDGEMENT(1),
    REPEAT(1),
    START(0),
    JOB(0),
    FOUND(0),
    /** The answer of the server that is sought is lost. */
    NOT_FOUND(1),
    TIMER(0),
    /** A timer runs out while frames or jobs are under way. */
    LATE(1),
    POWER_CUT(1),
    ORDER(0);

    private final int faults;

    Kind(int faults) {
      this.faults = faults;
    }
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int PLACE_BITS = 8;

  private Action() {}

  @SuppressWarnings("EnumOrdinal") // a number of our own that never leaves this package
  private static int of(Kind kind, int node, int place) {
    return (kind.ordinal() << 1 | node) << PLACE_BITS | place;
  }

  static Kind kind(int action) {
    return KINDS[action >>> (PLACE_BITS + 1)];
  }

  static int node(int action) {
    return action >>> PLACE_BITS & 1;
  }

  static int place(int action) {
    return action & (1 << PLACE_BITS) - 1;
  }

  static int faults(int action) {
    return kind(action).faults;
  }

  /** Gives all that may happen, without what needs a fault unless {@code withFaults}. */
  static void forEach(World world, int orders, boolean withFaults, IntConsumer each) {
    for (int order = 0; order < orders; order++) {
      if (!world.isGiven(order) && world.node(World.HUB).isOn) {
        each.accept(of(Kind.ORDER, World.HUB, order));
      }
    }
    if (world.hasEnded()) {
      return;
    }
    for (int node = 0; node < 2; node++) {
      ofFrames(world, node, withFaults, each);
      ofNode(world, node, withFaults, each);
    }
    ofTimers(world, withFaults, each);
  }

  private static void ofFrames(World world, int from, boolean withFaults, IntConsumer each) {
    int frames = world.frames(from);
    if (frames == 0) {
      return;
    }
    each.accept(of(Kind.DELIVER, from, 0));
    if (!withFaults) {
      return;
    }
    each.accept(of(Kind.LOSE, from, 0));
    if (world.node(1 - from).isOn) {
      if (Items.resultAge(world.frame(from, 0)) != Items.NO_RESULT) {
        each.accept(of(Kind.LOSE_ACKNOWLEDGEMENT, from, 0));
      }
      each.accept(of(Kind.REPEAT, from, 0));
    }
    for (int place = 1; place < frames; place++) {
      each.accept(of(Kind.OVERTAKE, from, place));
    }
  }

  private static void ofNode(World world, int node, boolean withFaults, IntConsumer each) {
    NodeStates.State state = world.node(node);
    if (!state.isOn) {
      each.accept(of(Kind.START, node, 0));
      return;
    }
    for (int job = 0; job < state.jobs; job++) {
      each.accept(of(Kind.JOB, node, job));
    }
    if (state.discoveries > 0) {
      boolean isThere = world.node(1 - node).isOn;
      if (isThere) {
        each.accept(of(Kind.FOUND, node, 0));
      }
      if (!isThere || withFaults) {
        each.accept(of(Kind.NOT_FOUND, node, 0));
      }
    }
    if (withFaults) {
      each.accept(of(Kind.POWER_CUT, node, 0));
    }
  }

  private static void ofTimers(World world, boolean withFaults, IntConsumer each) {
    long next = world.nextTimer();
    boolean isLate = next > 0 && world.isBusy();
    if (next == Long.MAX_VALUE || (isLate && !withFaults)) {
      return;
    }
    for (int node = 0; node < 2; node++) {
      if (world.node(node).wakesIn == next) {
        each.accept(of(isLate ? Kind.LATE : Kind.TIMER, node, 0));
      }
    }
  }

  /** Lets it happen. */
  static void perform(World world, int action) {
    int node = node(action);
    int place = place(action);
    switch (kind(action)) {
      case DELIVER, OVERTAKE -> world.deliver(node, place, true);
      case LOSE -> world.lose(node);
      case LOSE_ACKNOWLEDGEMENT -> world.deliver(node, 0, false);
      case REPEAT -> world.repeat(node);
      case START -> world.give(node, Stimulus.Kind.START, 0);
      case JOB -> world.give(node, Stimulus.Kind.JOB, place);
      case FOUND -> world.give(node, Stimulus.Kind.FOUND, 0);
      case NOT_FOUND -> world.give(node, Stimulus.Kind.NOT_FOUND, 0);
      case TIMER, LATE -> world.timer(node, world.nextTimer());
      case POWER_CUT -> world.give(node, Stimulus.Kind.POWER_CUT, 0);
      case ORDER -> world.order(place);
    }
  }
}
