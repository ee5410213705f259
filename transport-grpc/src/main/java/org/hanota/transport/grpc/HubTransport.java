// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.FairTurns;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.transport.grpc.v1.Result;
import org.jspecify.annotations.Nullable;

/** The transport of the hub's node: reaches every device that has joined. */
final class HubTransport implements Transport, Outgoing.Sender {
  /** Frames whose changes a node stores in one step at most. */
  private static final int TURN_FRAMES = 64;

  private final Peer self;
  private final Routes routes;
  private final GrpcLimits limits;
  private final int maximumPayload;
  private final Consumer<HanEvent> listener;
  private final LongSupplier nanos;
  private final Mailbox mailbox;

  /** Frames of devices, which take turns by the time that theirs took; only in the mailbox. */
  private final FairTurns<Eui64, Waiting> waiting;

  // Of the turn that lasts; only in the mailbox.
  private final Set<Eui64> owing = new LinkedHashSet<>();
  private final List<Delivered> delivered = new ArrayList<>();
  private int turnFrames;

  private volatile @Nullable Receiver receiver;
  private volatile boolean opened;

  HubTransport(
      Peer self,
      Routes routes,
      GrpcLimits limits,
      int maximumPayload,
      Optional<Executor> executor,
      Executor later,
      Consumer<HanEvent> listener,
      LongSupplier nanos) {
    this.self = self;
    this.routes = routes;
    this.limits = limits;
    this.maximumPayload = maximumPayload;
    this.listener = listener;
    this.nanos = nanos;
    this.waiting = new FairTurns<>(limits.count(GrpcParameter.WAITING_FRAMES));
    this.mailbox = new Mailbox(executor, later, this::failed, this::dealWithNext);
  }

  /** A frame that waits for its device's turn. */
  private record Waiting(HubStream stream, Frame frame, long sequence, Turn message) {}

  /** A frame that the node of that generation has taken and not stored yet. */
  private record Delivered(Waiting frame, int generation) {}

  private void failed(Throwable fault) {
    listener.accept(new HanEvent.CallbackFailed(self, fault));
  }

  @Override
  public void open(Receiver to) {
    if (opened) {
      throw new IllegalStateException(self + " is open already");
    }
    opened = true;
    receiver = to;
  }

  boolean isOpen() {
    return receiver != null;
  }

  @Override
  public void send(long sendId, Frame frame) {
    if (!frame.source().equals(self)) {
      throw new IllegalArgumentException("source is " + frame.source() + ", allowed " + self);
    }
    if (frame.destination().isBroadcast()) {
      Frame once =
          new Frame(
              frame.source(),
              frame.destination(),
              frame.profileId(),
              frame.clusterId(),
              frame.options().unacknowledged(),
              frame.zcl());
      routes.streams().forEach(stream -> stream.send(Outgoing.broadcast(once)));
      ended(sendId, SendResult.DELIVERED);
      return;
    }
    Routes.Route route = routes.to(frame.destination().address());
    if (route == null) {
      ended(sendId, SendResult.NO_ROUTE);
    } else if (frame.zcl().length() > limits.frameOctets()) {
      ended(sendId, SendResult.DROPPED);
    } else {
      route.link().send(new Outgoing(frame, sendId, this));
    }
  }

  @Override
  public void ended(long sendId, SendResult result) {
    mailbox.postLater(() -> tell(sendId, result));
  }

  /** Only called by {@link #deal}, in the mailbox. */
  @Override
  public void answered(long sendId, SendResult result) {
    try {
      tell(sendId, result);
    } catch (RuntimeException fault) {
      // The rest of the message still counts.
      failed(fault);
    }
  }

  private void tell(long sendId, SendResult result) {
    Receiver to = receiver;
    if (to != null) {
      to.onSent(sendId, result);
    }
  }

  @Override
  public void discover(int profileId, int clusterId) {
    Peer server = routes.serverOf(clusterId);
    mailbox.postLater(
        () -> {
          Receiver to = receiver;
          if (to == null) {
            return;
          }
          if (server == null) {
            to.onNoServer();
          } else {
            to.onServerFound(server);
          }
        });
  }

  @Override
  public int maximumPayload(Peer destination) {
    return maximumPayload;
  }

  @Override
  public boolean tellsTurns() {
    return true;
  }

  @Override
  public void close() {
    receiver = null;
  }

  /** A message of a stream, read further only when it was dealt with. */
  void post(HubStream stream, Incoming message) {
    mailbox.post(() -> take(stream, message));
  }

  /** Something that comes after all messages before it. */
  void post(Runnable task) {
    mailbox.post(task);
  }

  private void take(HubStream stream, Incoming message) {
    Turn turn = new Turn(stream.link());
    try {
      if (!stream.isEnded()) {
        stream.link().answered(message.answers);
        for (Incoming.Framed framed : message.frames) {
          take(stream, framed, turn);
        }
      }
    } finally {
      turn.end();
    }
  }

  private void take(HubStream stream, Incoming.Framed framed, Turn turn) {
    long sequence = framed.sequence();
    Frame frame = framed.frame();
    if (frame == null) {
      stream.refuse(sequence, "frame", framed.reason());
      return;
    }
    if (frame.zcl().length() > limits.frameOctets()) {
      stream.refuse(
          sequence,
          frame.source().toString(),
          "frame of "
              + frame.zcl().length()
              + " octets, allowed are up to "
              + limits.frameOctets());
      return;
    }
    if (!stream.has(frame.source())) {
      stream.refuse(sequence, frame.source().toString(), "has not joined on this stream");
      return;
    }
    long before = stream.lastSequence(sequence);
    if (Long.compareUnsigned(sequence, before) <= 0) {
      stream.refuse(
          sequence,
          frame.source().toString(),
          "frame has sequence "
              + Long.toUnsignedString(sequence)
              + ", allowed are more than "
              + Long.toUnsignedString(before));
      return;
    }
    turn.begin();
    if (!waiting.offer(frame.source().address(), new Waiting(stream, frame, sequence, turn))) {
      stream.busy(sequence, frame, turn);
    }
  }

  private boolean dealWithNext() {
    Optional<Waiting> next = waiting.next();
    next.ifPresent(this::deal);
    turnFrames++;
    if (next.isEmpty() || turnFrames >= TURN_FRAMES) {
      turnEnds();
    }
    return next.isPresent();
  }

  /** What the node owes is stored, at the cost of those for whom it is, and they hear of it. */
  private void turnEnds() {
    turnFrames = 0;
    Receiver to = receiver;
    if (to == null) {
      return;
    }
    long began = nanos.getAsLong();
    try {
      to.onTurnEnd();
    } finally {
      if (!owing.isEmpty()) {
        long each = (nanos.getAsLong() - began) / owing.size();
        owing.forEach(device -> waiting.charge(device, each));
        owing.clear();
      }
      delivered.forEach(
          each ->
              answer(
                  each.frame(),
                  keeps(to, each.generation()) ? Result.RESULT_DELIVERED : Result.RESULT_NO_ACK));
      delivered.clear();
    }
  }

  /** Whether the node is the same as it was; one that failed has forgotten what it owed. */
  private static boolean keeps(Receiver to, int generation) {
    return to.isOn() && to.generation() == generation;
  }

  private static void answer(Waiting frame, Result result) {
    if (!frame.stream().isEnded()) {
      frame.stream().link().answer(Answer.of(frame.sequence(), result, ""));
    }
  }

  private void deal(Waiting next) {
    long began = nanos.getAsLong();
    try {
      // Also of a stream that has ended since: what its devices said before is heard.
      int owedBefore = owed();
      int generation = generation();
      Result result = receive(next.frame());
      int owed = owed();
      if (owed > owedBefore) {
        owing.add(next.frame().source().address());
      }
      if (next.frame().options().apsAcknowledgement()) {
        if (result == Result.RESULT_DELIVERED && owed > 0) {
          // Whoever hears that it came lets go of it.
          delivered.add(new Delivered(next, generation));
        } else {
          answer(next, result);
        }
      }
    } finally {
      waiting.charge(nanos.getAsLong() - began);
      next.message().end();
    }
  }

  private int owed() {
    Receiver to = receiver;
    return to == null ? 0 : to.owed();
  }

  private int generation() {
    Receiver to = receiver;
    return to == null ? 0 : to.generation();
  }

  private Result receive(Frame frame) {
    Receiver to = receiver;
    if (to == null || !(frame.destination().isBroadcast() || frame.destination().equals(self))) {
      return Result.RESULT_NO_ROUTE;
    }
    try {
      int generation = to.generation();
      if (!to.isOn()) {
        return Result.RESULT_NO_ACK;
      }
      to.onFrame(frame);
      return keeps(to, generation) ? Result.RESULT_DELIVERED : Result.RESULT_NO_ACK;
    } catch (RuntimeException fault) {
      failed(fault);
      return Result.RESULT_NO_ACK;
    }
  }
}
