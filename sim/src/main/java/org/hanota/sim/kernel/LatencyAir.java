// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.sim.link.LinkModel;
import org.hanota.sim.link.LinkModel.Kind;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.link.Signal;
import org.hanota.sim.link.Verdict;

/** Air of one latency for all; what else becomes of frames, the model of its links says. */
public final class LatencyAir implements Air {
  private final long latencyNanos;
  private final int maximumPayload;
  private final LinkModel links;
  private final BiConsumer<Frame, Outcome> tap;

  /**
   * @param latencyNanos from sending to receiving
   * @param maximumPayload octets of a ZCL frame, to any node
   * @param links what happens to frames
   * @param tap sees every frame with what happened to it, at the moment that it does
   */
  public LatencyAir(
      long latencyNanos, int maximumPayload, LinkModel links, BiConsumer<Frame, Outcome> tap) {
    this.latencyNanos = latencyNanos;
    this.maximumPayload = maximumPayload;
    this.links = links;
    this.tap = tap;
  }

  @Override
  public void pollFast(Kernel kernel, int node, boolean wanted) {
    links.pollFast(kernel.nanos(), node, wanted);
  }

  @Override
  public int maximumPayload(Peer destination) {
    return maximumPayload;
  }

  @Override
  public void send(Kernel kernel, int from, long sendId, Frame frame) {
    if (frame.destination().isBroadcast()) {
      for (int to = 0; to < kernel.nodes(); to++) {
        if (to != from) {
          boolean unused = carry(kernel, from, to, sendId, frame, false);
        }
      }
      sent(kernel, from, sendId, SendResult.DELIVERED, latencyNanos);
      return;
    }
    int to = kernel.find(frame.destination());
    if (to < 0) {
      sent(kernel, from, sendId, SendResult.NO_ROUTE, latencyNanos);
      return;
    }
    boolean acknowledged = frame.options().apsAcknowledgement();
    boolean comes = carry(kernel, from, to, sendId, frame, acknowledged);
    if (!acknowledged) {
      sent(kernel, from, sendId, SendResult.DELIVERED, 2 * latencyNanos);
    } else if (!comes) {
      sent(kernel, from, sendId, SendResult.NO_ACK, 2 * latencyNanos);
    }
  }

  @Override
  public void discover(Kernel kernel, int from, int clusterId) {
    Optional<Peer> found = kernel.server(clusterId).map(SimNode::self);
    boolean heard =
        found.isPresent()
            && links.carry(kernel.nanos(), kernel.find(found.get()), from, Kind.ANSWER)
                == Signal.WHOLE;
    Optional<Peer> server = heard ? found : Optional.empty();
    kernel.schedule(2 * latencyNanos, new Pending.Discovered(from, server));
  }

  @Override
  public void arrive(Kernel kernel, Pending.Deliver arrived) {
    tap.accept(
        arrived.frame(), arrived.isChanged() ? Outcome.CORRUPTED_UNDETECTED : Outcome.DELIVERED);
    SimNode target = kernel.node(arrived.to());
    if (arrived.isAcknowledged()) {
      acknowledge(kernel, arrived, target.isOn());
    }
    target.frame(arrived.frame());
  }

  /** The frame has come to its target, which heard it or was off. */
  private void acknowledge(Kernel kernel, Pending.Deliver arrived, boolean heard) {
    boolean acknowledged =
        heard
            && links.carry(kernel.nanos(), arrived.to(), arrived.from(), Kind.ACKNOWLEDGEMENT)
                == Signal.WHOLE;
    sent(
        kernel,
        arrived.from(),
        arrived.sendId(),
        acknowledged ? SendResult.DELIVERED : SendResult.NO_ACK,
        latencyNanos);
  }

  private static void sent(
      Kernel kernel, int from, long sendId, SendResult result, long afterNanos) {
    kernel.schedule(afterNanos, new Pending.Sent(from, sendId, result));
  }

  /** Whether the frame comes at all. */
  private boolean carry(
      Kernel kernel, int from, int to, long sendId, Frame frame, boolean acknowledged) {
    Signal signal = links.carry(kernel.nanos(), from, to, Kind.FRAME);
    Verdict verdict = links.judge(kernel.nanos(), from, to, frame);
    if (signal != Signal.WHOLE || verdict.isLost()) {
      tap.accept(frame, signal == Signal.CORRUPTED ? Outcome.CORRUPTED : Outcome.LOST);
      return false;
    }
    boolean changes = verdict.changed().isPresent();
    Frame carried = verdict.of(frame);
    long after = latencyNanos + verdict.delayNanos();
    kernel.schedule(after, new Pending.Deliver(from, to, sendId, carried, changes, acknowledged));
    if (verdict.repeats()) {
      kernel.schedule(
          after + latencyNanos, new Pending.Deliver(from, to, sendId, carried, changes, false));
    }
    return true;
  }
}
