// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.FaultCounts;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.InProcessNetwork.Outcome;
import org.hanota.api.transport.LinkFaults;

/**
 * Air of one latency for all: loses, repeats, reorders, corrupts and delays frames as it is told,
 * from a seeded source, as {@link org.hanota.api.transport.InProcessNetwork} does.
 */
public final class LossyAir implements Air {
  private final SeededRandom random;
  private final long latencyNanos;
  private final int maximumPayload;
  private final BiConsumer<Frame, Outcome> tap;
  private LinkFaults faults;
  private long frames;
  private long dropped;
  private long acknowledgementsDropped;
  private long repeated;
  private long reordered;
  private long corrupted;
  private long corruptedUndetected;
  private long delayed;

  /**
   * @param random decides on faults
   * @param latencyNanos from sending to receiving
   * @param maximumPayload octets of a ZCL frame, to any node
   * @param tap sees every frame with what happened to it, at the moment that it does
   */
  public LossyAir(
      SeededRandom random,
      long latencyNanos,
      int maximumPayload,
      LinkFaults faults,
      BiConsumer<Frame, Outcome> tap) {
    this.random = random;
    this.latencyNanos = latencyNanos;
    this.maximumPayload = maximumPayload;
    this.faults = faults;
    this.tap = tap;
  }

  /** From now on frames suffer these faults. */
  public void faults(LinkFaults others) {
    faults = others;
  }

  /** How often each fault fired so far. */
  public FaultCounts faultCounts() {
    return new FaultCounts(
        frames,
        dropped,
        acknowledgementsDropped,
        repeated,
        reordered,
        corrupted,
        corruptedUndetected,
        delayed);
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
    Optional<Peer> found = Optional.empty();
    for (int i = 0; i < kernel.nodes() && found.isEmpty(); i++) {
      SimNode node = kernel.node(i);
      if (node.serves(clusterId) && node.isOn()) {
        found = Optional.of(node.self());
      }
    }
    boolean lost = random.chance(faults.drop());
    kernel.schedule(
        2 * latencyNanos, new Pending.Discovered(from, lost ? Optional.empty() : found));
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
    boolean acknowledged = heard;
    if (heard && random.chance(faults.drop())) {
      acknowledgementsDropped++;
      acknowledged = false;
    }
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

  /** Whether the frame comes at all. Draws the same number of times for every frame. */
  private boolean carry(
      Kernel kernel, int from, int to, long sendId, Frame frame, boolean acknowledged) {
    frames++;
    boolean drops = random.chance(faults.drop());
    boolean repeats = random.chance(faults.repeat());
    boolean reorders = random.chance(faults.reorder());
    boolean corrupts = random.chance(faults.corrupt());
    boolean corruptsUndetected = random.chance(faults.corruptUndetected());
    boolean delays = random.chance(faults.delay());
    long late = random.belowLong(faults.maximumDelayNanos() + 1);
    if (drops) {
      dropped++;
      tap.accept(frame, Outcome.LOST);
      return false;
    }
    if (corrupts) {
      corrupted++;
      tap.accept(frame, Outcome.CORRUPTED);
      return false;
    }
    long after = latencyNanos;
    if (reorders || delays) {
      after += late;
      reordered += reorders ? 1 : 0;
      delayed += delays ? 1 : 0;
    }
    boolean changes = corruptsUndetected && !frame.zcl().isEmpty();
    Frame carried = frame;
    if (changes) {
      corruptedUndetected++;
      carried = frame.withZcl(flipped(frame.zcl()));
    }
    kernel.schedule(after, new Pending.Deliver(from, to, sendId, carried, changes, acknowledged));
    if (repeats) {
      repeated++;
      kernel.schedule(
          after + latencyNanos, new Pending.Deliver(from, to, sendId, carried, changes, false));
    }
    return true;
  }

  private Octets flipped(Octets octets) {
    byte[] array = octets.toByteArray();
    array[random.below(array.length)] ^= (byte) (1 << random.below(Byte.SIZE));
    return Octets.wrap(array);
  }
}
