// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Both nodes and the frames between them, as an action finds and leaves them. A frame takes no
 * time; what takes any is a timer.
 */
final class World {
  static final int HUB = 0;
  static final int DEVICE = 1;
  private static final int NODES = 2;

  /** Frames one way at a time; more would be a flood. */
  private static final int FRAMES_MAX = 64;

  private static final int HEAD = 4;
  static final int LENGTH_MAX = HEAD + NODES * FRAMES_MAX;

  private final NodeStates[] nodes;
  private final Messages messages;
  private final int ordersAtFirst;
  private final NodeStates.State[] at;
  private int orders;

  /** Frames under way from each node, the first to arrive first. */
  private final int[][] frames = new int[NODES][FRAMES_MAX];

  private final int[] count = new int[NODES];
  private @Nullable Violation violation;
  private final @Nullable List<String> events;

  /**
   * @param events gets what the nodes report; null if nobody wants that
   */
  World(
      NodeStates hub,
      NodeStates device,
      Messages messages,
      int ordersAtFirst,
      @Nullable List<String> events) {
    this.ordersAtFirst = ordersAtFirst;
    this.nodes = new NodeStates[] {hub, device};
    this.at = new NodeStates.State[] {hub.first(), device.first()};
    this.messages = messages;
    this.events = events;
  }

  void copy(World other) {
    System.arraycopy(other.at, 0, at, 0, NODES);
    orders = other.orders;
    violation = null;
    for (int node = 0; node < NODES; node++) {
      count[node] = other.count[node];
      System.arraycopy(other.frames[node], 0, frames[node], 0, count[node]);
    }
  }

  void read(StateSet states, int state) {
    violation = null;
    at[HUB] = nodes[HUB].state(states.at(state, 0));
    at[DEVICE] = nodes[DEVICE].state(states.at(state, 1));
    orders = states.at(state, 2);
    count[HUB] = states.at(state, 3);
    count[DEVICE] = states.length(state) - HEAD - count[HUB];
    for (int i = 0; i < count[HUB]; i++) {
      frames[HUB][i] = states.at(state, HEAD + i);
    }
    for (int i = 0; i < count[DEVICE]; i++) {
      frames[DEVICE][i] = states.at(state, HEAD + count[HUB] + i);
    }
  }

  /** Writes it into {@code out}; returns its length. */
  int write(int[] out) {
    out[0] = at[HUB].number;
    out[1] = at[DEVICE].number;
    out[2] = orders;
    out[3] = count[HUB];
    System.arraycopy(frames[HUB], 0, out, HEAD, count[HUB]);
    System.arraycopy(frames[DEVICE], 0, out, HEAD + count[HUB], count[DEVICE]);
    return HEAD + count[HUB] + count[DEVICE];
  }

  NodeStates.State node(int node) {
    return at[node];
  }

  @Nullable Violation violation() {
    return violation;
  }

  boolean isGiven(int order) {
    return (orders & 1 << order) != 0;
  }

  /** The hub is given an order, the number of which comes after those at the beginning. */
  void order(int order) {
    orders |= 1 << order;
    give(HUB, Stimulus.Kind.ORDER, (long) ordersAtFirst + order);
  }

  /** Both nodes start: the hub is given its first orders, then the device starts. */
  void begin() {
    give(HUB, Stimulus.Kind.START, 0);
    for (int order = 0; order < ordersAtFirst; order++) {
      give(HUB, Stimulus.Kind.ORDER, order);
    }
    give(DEVICE, Stimulus.Kind.START, 0);
  }

  int frames(int from) {
    return count[from];
  }

  int frame(int from, int place) {
    return frames[from][place];
  }

  /** What a frame says. */
  String text(int item) {
    return messages.content(item).toString();
  }

  /** Whether something happens without waiting for time to pass. */
  boolean isBusy() {
    return count[HUB] + count[DEVICE] > 0 || isBusy(at[HUB]) || isBusy(at[DEVICE]);
  }

  private static boolean isBusy(NodeStates.State node) {
    return !node.isOn || node.jobs > 0 || node.discoveries > 0;
  }

  /** Whether the update is over and nothing is under way. */
  boolean hasEnded() {
    return !at[HUB].isOpen && !at[DEVICE].isOpen && !isBusy();
  }

  /** How long until the next timer runs out. */
  long nextTimer() {
    return Math.min(at[HUB].wakesIn, at[DEVICE].wakesIn);
  }

  /** Gives a node a stimulus that is no frame. */
  void give(int node, Stimulus.Kind kind, long about) {
    give(node, Stimulus.of(kind, about), 0);
  }

  private void give(int node, long stimulus, int sequenceAge) {
    NodeStates.Step step = nodes[node].step(at[node], stimulus);
    Reaction reaction = step.reaction();
    at[node] = step.to();
    if (events != null) {
      reaction.events().forEach(event -> events.add(event.toString()));
    }
    if (violation == null) {
      violation = reaction.violation();
    }
    if (reaction.sequences() > 0 || reaction.frames() > 0 || reaction.forgets()) {
      age(node, HUB, reaction);
      age(node, DEVICE, reaction);
    }
    for (int item : reaction.items()) {
      boolean own = messages.of(item).own();
      add(node, own ? item : Items.withSequenceAge(item, sequenceAge));
    }
  }

  private void add(int from, int item) {
    if (count[from] == FRAMES_MAX) {
      violation = new Violation("I7", "more than " + FRAMES_MAX + " frames are under way");
      return;
    }
    frames[from][count[from]++] = item;
  }

  private void age(int node, int from, Reaction reaction) {
    for (int i = 0; i < count[from]; i++) {
      int item = frames[from][i];
      boolean isOwner = messages.of(item).isSequenceOfHub() == (node == HUB);
      if (isOwner && reaction.sequences() > 0) {
        item = Items.withSequenceAge(item, Items.sequenceAge(item) + reaction.sequences());
      }
      if (from == node && Items.resultAge(item) != Items.NO_RESULT) {
        item =
            Items.withResultAge(
                item,
                reaction.forgets() ? Items.NO_RESULT : Items.resultAge(item) + reaction.frames());
      }
      frames[from][i] = item;
    }
  }

  private int remove(int from, int place) {
    int item = frames[from][place];
    count[from]--;
    System.arraycopy(frames[from], place + 1, frames[from], place, count[from] - place);
    return item;
  }

  /** A frame arrives; its sender hears so unless that is lost. */
  void deliver(int from, int place, boolean isAcknowledged) {
    int item = remove(from, place);
    boolean isHeard = hear(1 - from, item);
    result(from, item, isHeard && isAcknowledged);
  }

  /** The first frame arrives, and will arrive again. */
  void repeat(int from) {
    boolean unused = hear(1 - from, frames[from][0]);
  }

  /** The first frame does not arrive. */
  void lose(int from) {
    result(from, remove(from, 0), false);
  }

  private boolean hear(int node, int item) {
    if (!at[node].isOn) {
      return false;
    }
    boolean isMine = messages.of(item).isSequenceOfHub() == (node == HUB);
    int heard = Items.of(Items.message(item), isMine ? Items.sequenceAge(item) : 0, 0);
    give(node, Stimulus.of(Stimulus.Kind.RECEIVE, heard), Items.sequenceAge(item));
    return true;
  }

  private void result(int from, int item, boolean isDelivered) {
    if (Items.resultAge(item) != Items.NO_RESULT && at[from].isOn) {
      give(
          from,
          isDelivered ? Stimulus.Kind.DELIVERED : Stimulus.Kind.NOT_DELIVERED,
          Items.resultAge(item));
    }
  }

  /** Time passes until the timer of a node runs out. */
  void timer(int node, long afterNanos) {
    if (afterNanos > 0) {
      give(HUB, Stimulus.Kind.TIME, afterNanos);
      give(DEVICE, Stimulus.Kind.TIME, afterNanos);
    }
    give(node, Stimulus.Kind.TIMER, 0);
  }
}
