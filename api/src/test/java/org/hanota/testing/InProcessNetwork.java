// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Joins nodes of one process. Carries encoded octets, so that the codec is always exercised. Uses
 * the scheduler it is given and one caller at a time. The simulator has links with real faults.
 */
public final class InProcessNetwork {
  /** What becomes of every frame. */
  public enum Link {
    /** It comes as it was sent. */
    WHOLE,
    /** It never comes. */
    LOST,
    /** It comes twice. */
    REPEATED,
    /** Its last octet comes changed. */
    CHANGED
  }

  private final Scheduler scheduler;
  private final long latencyNanos;
  private final int maximumPayload;
  private final Map<Peer, Node> nodes = new TreeMap<>();
  private final Consumer<Frame> tap;
  private Link link = Link.WHOLE;

  /**
   * @param scheduler runs the deliveries
   * @param latencyNanos from sending to receiving
   * @param maximumPayload what {@link Transport#maximumPayload} answers
   * @param tap sees every frame that comes, at the moment that it does
   */
  public InProcessNetwork(
      Scheduler scheduler, long latencyNanos, int maximumPayload, Consumer<Frame> tap) {
    this.scheduler = scheduler;
    this.latencyNanos = latencyNanos;
    this.maximumPayload = maximumPayload;
    this.tap = tap;
  }

  /** From now on this becomes of each frame. */
  public void link(Link what) {
    link = what;
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
      SendResult result = heard ? SendResult.DELIVERED : SendResult.NO_ACK;
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
      boolean lost = link == Link.LOST;
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
    if (link == Link.LOST) {
      return false;
    }
    Frame comes = link == Link.CHANGED ? frame.withZcl(changed(frame.zcl())) : frame;
    deliver(comes, target, latencyNanos, arrived);
    if (link == Link.REPEATED) {
      deliver(comes, target, 2 * latencyNanos, heard -> {});
    }
    return true;
  }

  private static Octets changed(Octets octets) {
    byte[] array = octets.toByteArray();
    array[array.length - 1] ^= 1;
    return Octets.wrap(array);
  }

  private void deliver(Frame frame, Node target, long after, Consumer<Boolean> arrived) {
    scheduler.schedule(
        after,
        () -> {
          tap.accept(frame);
          arrived.accept(target.isOn());
          target.deliver(frame);
        });
  }
}
