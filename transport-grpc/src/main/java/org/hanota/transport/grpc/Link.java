// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Status;
import io.grpc.stub.CallStreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.transport.grpc.v1.FrameResult;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.LinkMessage;
import org.hanota.transport.grpc.v1.Result;
import org.jspecify.annotations.Nullable;

/**
 * One stream, from either end: what waits to be written, what was written and has no result yet,
 * and what is owed to the other side. Writes only while the stream is ready and reads a message
 * only when the one before it was dealt with, so both sides push back.
 *
 * <p>The drop rule: who comes to a full queue is refused (BUSY), who waits in it for longer than
 * the deadline leaves it (DROPPED), the most urgent class goes first and within it the oldest.
 */
final class Link {
  /** Messages that the other side may send before the first of them was dealt with. */
  private static final int READ_AHEAD = 16;

  /** About what a result and an event take in a message. */
  private static final int RESULT_OCTETS = 12;

  private static final int EVENT_OCTETS = 32;

  private final GrpcLimits limits;
  private final LongSupplier nanos;
  private final AtomicInteger flushes = new AtomicInteger();

  private final Object lock = new Object();
  // All below is guarded by the lock, which is held for a few instructions and in no callback.
  private final ArrayDeque<Outgoing> metering = new ArrayDeque<>();
  private final ArrayDeque<Outgoing> normal = new ArrayDeque<>();
  private final ArrayDeque<Outgoing> bulk = new ArrayDeque<>();
  private final List<ArrayDeque<Outgoing>> queues = List.of(metering, normal, bulk);
  private final ArrayDeque<LinkEvent> events = new ArrayDeque<>();
  private final ArrayDeque<FrameResult> results = new ArrayDeque<>();
  private final Unanswered unanswered;
  private int queued;
  private int unread;
  private @Nullable LinkMessage first;
  private @Nullable CallStreamObserver<LinkMessage> out;

  private @Nullable Status closing;

  // What the next message holds; only whoever writes touches these.
  private @Nullable LinkMessage takenFirst;
  private final List<FrameResult> takenResults = new ArrayList<>();
  private final List<LinkEvent> takenEvents = new ArrayList<>();
  private final List<Outgoing> takenFrames = new ArrayList<>();
  private final List<Outgoing> handedOver = new ArrayList<>();

  /** The thread that deals with a message now and will flush when it has done so. */
  private volatile @Nullable Thread corked;

  Link(GrpcLimits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
    this.unanswered = new Unanswered(limits.unansweredFrames());
  }

  /** From now on writes go to that stream, {@code opening} before all others. */
  void connected(CallStreamObserver<LinkMessage> stream, LinkMessage opening) {
    synchronized (lock) {
      out = stream;
      first = opening;
      closing = null;
      unread = 0;
    }
    stream.request(READ_AHEAD);
    flush();
  }

  /** Ends the stream: with OK when all that waits was written, else at once. */
  void close(Status status) {
    synchronized (lock) {
      closing = status;
    }
    flush();
  }

  /**
   * The stream is gone. What was written without a result ends as NO_ACK, for nobody knows whether
   * it came; what waits goes on waiting for the next stream until its deadline.
   */
  void disconnected() {
    List<Outgoing> lost = new ArrayList<>();
    synchronized (lock) {
      // While it closes, whoever writes still has its last word to say.
      out = closing == null ? null : out;
      first = null;
      results.clear();
      events.clear();
      unanswered.takeAll(lost);
    }
    flush();
    lost.forEach(outgoing -> outgoing.ends(SendResult.NO_ACK));
  }

  /** Ends everything that waits. */
  void dropQueued() {
    List<Outgoing> dropped = new ArrayList<>();
    synchronized (lock) {
      queues.forEach(dropped::addAll);
      queues.forEach(ArrayDeque::clear);
      queued = 0;
    }
    dropped.forEach(outgoing -> outgoing.ends(SendResult.DROPPED));
  }

  /** Queues a frame and writes what the stream takes. */
  void send(Outgoing outgoing) {
    boolean full;
    synchronized (lock) {
      full = queued >= limits.queuedFrames();
      if (!full) {
        queue(outgoing.frame.options().priority()).add(outgoing);
        queued++;
      }
    }
    if (full) {
      outgoing.ends(SendResult.BUSY);
    } else {
      flush();
    }
  }

  private ArrayDeque<Outgoing> queue(SendOptions.Priority priority) {
    return switch (priority) {
      case METERING -> metering;
      case NORMAL -> normal;
      case BULK -> bulk;
    };
  }

  /** Queues an event. */
  void send(LinkEvent event) {
    synchronized (lock) {
      events.add(event);
    }
    flush();
  }

  /** Owes the other side a result. */
  void answer(long sequence, Result result, String reason) {
    FrameResult.Builder answer = FrameResult.newBuilder().setSequence(sequence).setResult(result);
    if (!reason.isEmpty()) {
      answer.setReason(reason);
    }
    synchronized (lock) {
      results.add(answer.build());
    }
  }

  /** Tells the senders what the other side said about their frames. */
  void answered(List<FrameResult> answers) {
    for (FrameResult answer : answers) {
      Outgoing outgoing;
      synchronized (lock) {
        outgoing = unanswered.take(answer.getSequence());
      }
      if (outgoing != null) {
        outgoing.answered(FrameCodec.result(answer.getResult()));
      }
    }
  }

  /** Until {@link #uncork} this thread's sends only queue, so that they travel together. */
  void cork() {
    corked = Thread.currentThread();
  }

  /** Writes what was queued since {@link #cork}. */
  void uncork() {
    corked = null;
    flush();
  }

  /** One message was dealt with: asks for the next, unless too many results are owed. */
  void read() {
    synchronized (lock) {
      unread++;
    }
    askForMore();
  }

  private void askForMore() {
    CallStreamObserver<LinkMessage> stream;
    int count;
    synchronized (lock) {
      stream = out;
      boolean ask = unread >= READ_AHEAD / 2 && results.size() <= limits.unansweredFrames();
      count = ask ? unread : 0;
      unread -= count;
    }
    if (stream != null && count > 0) {
      stream.request(count);
    }
  }

  /** Writes while the stream is ready; one thread at a time, whoever comes first. */
  void flush() {
    if (corked == Thread.currentThread() || flushes.getAndIncrement() != 0) {
      return;
    }
    int asked = 1;
    while (asked != 0) {
      write();
      asked = flushes.addAndGet(-asked);
    }
  }

  private void write() {
    while (true) {
      CallStreamObserver<LinkMessage> stream;
      LinkMessage message;
      synchronized (lock) {
        stream = out;
        if (stream == null) {
          return;
        }
        if (closing == null || closing.isOk()) {
          if (!stream.isReady()) {
            return;
          }
          take();
        }
        if (closing != null && isTakenEmpty()) {
          out = null;
        }
      }
      message = taken();
      try {
        if (message != null) {
          stream.onNext(message);
        } else {
          close(stream);
          return;
        }
      } catch (IllegalStateException ended) {
        // The stream ended a moment ago; its observer is told and calls disconnected().
        return;
      }
      handedOver.forEach(outgoing -> outgoing.ends(SendResult.DELIVERED));
      handedOver.clear();
    }
  }

  private void close(CallStreamObserver<LinkMessage> stream) {
    Status status;
    synchronized (lock) {
      status = closing;
    }
    if (status == null) {
      return;
    }
    if (status.isOk()) {
      stream.onCompleted();
    } else {
      stream.onError(status.asRuntimeException());
    }
  }

  /** Takes what the next message holds, under the lock; it is encoded outside of it. */
  private void take() {
    if (first != null) {
      takenFirst = first;
      first = null;
      return;
    }
    int octets = 0;
    while (!results.isEmpty() && octets < GrpcLimits.MESSAGE_FILLED_OCTETS) {
      octets += RESULT_OCTETS;
      takenResults.add(results.remove());
    }
    while (!events.isEmpty() && octets < GrpcLimits.MESSAGE_FILLED_OCTETS) {
      octets += EVENT_OCTETS;
      takenEvents.add(events.remove());
    }
    while (takenFrames.size() < limits.framesPerMessage()
        && octets < GrpcLimits.MESSAGE_FILLED_OCTETS
        && unanswered.hasRoom()) {
      Outgoing outgoing = poll();
      if (outgoing == null) {
        return;
      }
      octets += outgoing.frame.zcl().length() + GrpcLimits.FRAME_OVERHEAD_OCTETS;
      boolean acknowledged = outgoing.frame.options().apsAcknowledgement();
      outgoing.deadlineNanos = nanos.getAsLong() + limits.resultDeadline().toNanos();
      outgoing.sequence = unanswered.add(acknowledged ? outgoing : null);
      takenFrames.add(outgoing);
    }
  }

  private boolean isTakenEmpty() {
    return takenFirst == null
        && takenResults.isEmpty()
        && takenEvents.isEmpty()
        && takenFrames.isEmpty();
  }

  private @Nullable LinkMessage taken() {
    if (takenFirst != null) {
      LinkMessage opening = takenFirst;
      takenFirst = null;
      return opening;
    }
    if (isTakenEmpty()) {
      return null;
    }
    LinkMessage.Builder message = LinkMessage.newBuilder();
    takenResults.forEach(message::addResults);
    takenEvents.forEach(message::addEvents);
    for (Outgoing outgoing : takenFrames) {
      message.addFrames(FrameCodec.encode(outgoing.frame, outgoing.sequence));
      if (!outgoing.frame.options().apsAcknowledgement()) {
        handedOver.add(outgoing);
      }
    }
    takenResults.clear();
    takenEvents.clear();
    takenFrames.clear();
    return message.build();
  }

  private @Nullable Outgoing poll() {
    for (ArrayDeque<Outgoing> queue : queues) {
      Outgoing outgoing = queue.poll();
      if (outgoing != null) {
        queued--;
        return outgoing;
      }
    }
    return null;
  }

  /** The stream takes messages again. */
  void ready() {
    flush();
    askForMore();
  }

  /** Ends what is overdue. */
  void sweep() {
    long now = nanos.getAsLong();
    List<Outgoing> unacknowledged = new ArrayList<>();
    List<Outgoing> dropped = new ArrayList<>();
    synchronized (lock) {
      unanswered.takeOverdue(now, unacknowledged);
      for (ArrayDeque<Outgoing> queue : queues) {
        while (!queue.isEmpty() && queue.getFirst().deadlineNanos - now <= 0) {
          dropped.add(queue.remove());
          queued--;
        }
      }
    }
    unacknowledged.forEach(outgoing -> outgoing.ends(SendResult.NO_ACK));
    dropped.forEach(outgoing -> outgoing.ends(SendResult.DROPPED));
  }

  /** Frames that wait. */
  int queued() {
    synchronized (lock) {
      return queued;
    }
  }
}
