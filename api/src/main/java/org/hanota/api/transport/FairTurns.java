// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.transport;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for one worker. Those of a peer keep their order; the peers take turns by what
 * their messages cost the worker so far, so that a peer that sends without end, or what takes long,
 * delays the others by no more than the message that is dealt with now. The cost is in any unit,
 * most often nanoseconds. Start-time fair queueing: a message's turn comes at the virtual time at
 * which the peer's earlier ones were paid for, and virtual time is that of the message taken last.
 *
 * <p>For one thread at a time.
 *
 * @param <K> what tells peers apart
 * @param <T> what waits
 */
public final class FairTurns<K, T> {
  /** Fewer peers than this are never looked through for some that may be forgotten. */
  private static final int PEERS_KEPT = 1_024;

  private final int perPeer;
  private final Map<K, Lane<T>> lanes = new HashMap<>();

  /** Those with something that waits, but for the one that has its turn. */
  private final PriorityQueue<Lane<T>> waiting = new PriorityQueue<>();

  private @Nullable Lane<T> served;
  private long virtualTime;
  private long latestDue;
  private long arrivals;
  private int size;
  private int pruneAt = PEERS_KEPT;

  private static final class Lane<T> implements Comparable<Lane<T>> {
    final ArrayDeque<T> items = new ArrayDeque<>(2);

    /** When the turn of its first message comes, in virtual time. */
    long due;

    /** Of several due at once, whoever came first. */
    long arrival;

    @Override
    public int compareTo(Lane<T> other) {
      int byTime = Long.compare(due, other.due);
      return byTime == 0 ? Long.compare(arrival, other.arrival) : byTime;
    }
  }

  /**
   * Makes it empty.
   *
   * @param perPeer how many messages of one peer may wait
   */
  public FairTurns(int perPeer) {
    if (perPeer < 1) {
      throw new IllegalArgumentException("perPeer is " + perPeer + ", allowed 1 and more");
    }
    this.perPeer = perPeer;
  }

  /** Adds a message; false if the peer has as many that wait as it may, and it was not added. */
  public boolean offer(K peer, T item) {
    Lane<T> lane = lanes.get(peer);
    if (lane == null) {
      lane = new Lane<>();
      lanes.put(peer, lane);
      if (lanes.size() > pruneAt) {
        forgetTheIdle(lane);
      }
    } else if (lane.items.size() >= perPeer) {
      return false;
    }
    lane.items.add(item);
    size++;
    if (lane.items.size() == 1 && lane != served) {
      enter(lane);
    }
    return true;
  }

  private void enter(Lane<T> lane) {
    lane.due = Math.max(lane.due, virtualTime);
    lane.arrival = arrivals++;
    waiting.add(lane);
  }

  /** Takes the message whose turn it is, if one waits. */
  public Optional<T> next() {
    settle();
    Lane<T> lane = waiting.poll();
    if (lane == null) {
      // Nobody was kept waiting, so nobody owes anything.
      virtualTime = latestDue;
      return Optional.empty();
    }
    virtualTime = lane.due;
    served = lane;
    size--;
    return Optional.of(lane.items.remove());
  }

  /** What the message that was taken last has cost so far; 1 at least is counted. */
  public void charge(long cost) {
    if (served != null) {
      served.due += Math.max(1, cost);
    }
  }

  /** What was taken of that peer earlier has cost so much more. */
  public void charge(K peer, long cost) {
    Lane<T> lane = lanes.get(peer);
    if (lane == null) {
      return;
    }
    boolean waits = lane != served && waiting.remove(lane);
    lane.due = Math.max(lane.due, virtualTime) + Math.max(1, cost);
    if (waits) {
      waiting.add(lane);
    }
  }

  private void settle() {
    Lane<T> before = served;
    served = null;
    if (before != null) {
      if (before.due == virtualTime) {
        before.due++;
      }
      latestDue = Math.max(latestDue, before.due);
      if (!before.items.isEmpty()) {
        enter(before);
      }
    }
  }

  /** How many messages wait. */
  public int size() {
    return size;
  }

  /** Peers that owe nothing and have nothing that waits are as good as new ones. */
  private void forgetTheIdle(Lane<T> newest) {
    lanes
        .values()
        .removeIf(
            lane ->
                lane != newest
                    && lane != served
                    && lane.items.isEmpty()
                    && lane.due <= virtualTime);
    pruneAt = Math.max(PEERS_KEPT, 2 * lanes.size());
  }

  /** How many peers are remembered. */
  int peers() {
    return lanes.size();
  }
}
