// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.transport;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * Joins nodes of one process. Carries encoded octets, so that the codec is always exercised and
 * corruption can exist; loses, repeats, reorders, corrupts and delays frames as it is told, from a
 * seeded source. Uses the scheduler it is given and one caller at a time.
 */
public final class InProcessNetwork {
  /** What happened to a frame. */
  public enum Outcome {
    /** It came. */
    DELIVERED,
    /** It came with other octets than were sent. */
    CORRUPTED_UNDETECTED,
    /** The link check dropped it. */
    CORRUPTED,
    /** It was lost. */
    LOST
  }

  private final Scheduler scheduler;
  private final FaultyLink link;
  private final long latencyNanos;
  private final int maximumPayload;
  private final Map<Peer, Node> nodes = new TreeMap<>();
  private final BiConsumer<Frame, Outcome> tap;

  /**
   * @param scheduler runs the deliveries
   * @param random decides on faults
   * @param latencyNanos from sending to receiving
   * @param maximumPayload what {@link Transport#maximumPayload} answers
   * @param tap sees every frame with what happened to it, at the moment that it does
   */
  public InProcessNetwork(
      Scheduler scheduler,
      SeededRandom random,
      long latencyNanos,
      int maximumPayload,
      BiConsumer<Frame, Outcome> tap) {
    this.scheduler = scheduler;
    this.link = new FaultyLink(random, LinkFaults.NONE);
    this.latencyNanos = latencyNanos;
    this.maximumPayload = maximumPayload;
    this.tap = tap;
  }

  /** From now on frames suffer these faults. */
  public void faults(LinkFaults faults) {
    link.faults(faults);
  }

  /** How often each fault fired so far. */
  public FaultCounts faultCounts() {
    return link.counts();
  }

  /**
   * Adds a node.
   *
   * @param serverClusters the clusters whose server it is, for discovery
   */
  public Transport attach(Peer self, Collection<Integer> serverClusters) {
    Node node = new Node(self, Set.copyOf(serverClusters));
    if (self.isBroadcast() || nodes.putIfAbsent(self, node) != null) {
      throw new IllegalArgumentException("self is " + self + ", allowed an address not in use");
    }
    return node;
  }

  private final class Node implements Transport {
    private final Peer self;
    private final Set<Integer> serverClusters;
    private @Nullable Receiver receiver;

    Node(Peer self, Set<Integer> serverClusters) {
      this.self = self;
      this.serverClusters = serverClusters;
    }

    @Override
    public void open(Receiver opened) {
      if (receiver != null) {
        throw new IllegalStateException(self + " is open already");
      }
      receiver = opened;
    }

    @Override
    public void send(long sendId, Frame frame) {
      if (!frame.source().equals(self)) {
        throw new IllegalArgumentException("source is " + frame.source() + ", allowed " + self);
      }
      if (frame.destination().isBroadcast()) {
        for (Node node : nodes.values()) {
          if (node != this) {
            carry(frame, node, heard -> {});
          }
        }
        scheduler.schedule(latencyNanos, () -> sent(sendId, SendResult.DELIVERED));
        return;
      }
      Node target = nodes.get(frame.destination());
      if (target == null) {
        scheduler.schedule(latencyNanos, () -> sent(sendId, SendResult.NO_ROUTE));
        return;
      }
      if (!frame.options().apsAcknowledgement()) {
        carry(frame, target, heard -> {});
        scheduler.schedule(2 * latencyNanos, () -> sent(sendId, SendResult.DELIVERED));
      } else if (!carry(frame, target, heard -> acknowledge(sendId, heard))) {
        scheduler.schedule(2 * latencyNanos, () -> sent(sendId, SendResult.NO_ACK));
      }
    }

    /** The frame has come to its target, which heard it or was off. */
    private void acknowledge(long sendId, boolean heard) {
      boolean acknowledged = heard && link.acknowledges();
      SendResult result = acknowledged ? SendResult.DELIVERED : SendResult.NO_ACK;
      scheduler.schedule(latencyNanos, () -> sent(sendId, result));
    }

    private void sent(long sendId, SendResult result) {
      if (receiver != null) {
        receiver.onSent(sendId, result);
      }
    }

    private boolean isOn() {
      return receiver != null && receiver.isOn();
    }

    private void deliver(Frame frame) {
      if (receiver != null) {
        receiver.onFrame(frame);
      }
    }

    @Override
    public void discover(int profileId, int clusterId) {
      Node server = null;
      for (Node node : nodes.values()) {
        if (server == null && node.serverClusters.contains(clusterId) && node.isOn()) {
          server = node;
        }
      }
      Node found = server;
      boolean lost = !link.answers();
      scheduler.schedule(
          2 * latencyNanos,
          () -> {
            if (receiver == null) {
              return;
            }
            if (found == null || lost) {
              receiver.onNoServer();
            } else {
              receiver.onServerFound(found.self);
            }
          });
    }

    @Override
    public int maximumPayload(Peer destination) {
      return maximumPayload;
    }

    @Override
    public void close() {
      receiver = null;
      nodes.remove(self);
    }
  }

  /**
   * Whether the frame comes at all.
   *
   * @param arrived is told, when it comes, whether the target is on
   */
  private boolean carry(Frame frame, Node target, Consumer<Boolean> arrived) {
    FaultyLink.Signal signal = link.carry();
    Verdict verdict = link.judge(frame);
    if (signal != FaultyLink.Signal.WHOLE) {
      tap.accept(frame, signal == FaultyLink.Signal.LOST ? Outcome.LOST : Outcome.CORRUPTED);
      return false;
    }
    Outcome outcome =
        verdict.changed().isPresent() ? Outcome.CORRUPTED_UNDETECTED : Outcome.DELIVERED;
    long after = latencyNanos + verdict.delayNanos();
    deliver(verdict.of(frame), outcome, target, after, arrived);
    if (verdict.repeats()) {
      deliver(verdict.of(frame), outcome, target, after + latencyNanos, heard -> {});
    }
    return true;
  }

  private void deliver(
      Frame frame, Outcome outcome, Node target, long after, Consumer<Boolean> arrived) {
    scheduler.schedule(
        after,
        () -> {
          tap.accept(frame, outcome);
          arrived.accept(target.isOn());
          target.deliver(frame);
        });
  }
}
