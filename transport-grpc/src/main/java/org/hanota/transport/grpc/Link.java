// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Status;
import io.grpc.stub.CallStreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.jspecify.annotations.Nullable;

/**
 * One stream, from either end: what waits to be written, what was written and has no result yet,
 * and what is owed to the other side. Writes only while the stream is ready and reads a message
 * only when the one before it was dealt with, so both sides push back.
 *
 * <p>Only the thread that serves the connection writes, once it has dealt with all that it has
 * read: what came together is answered together.
 *
 * <p>The drop rule: who comes to a full queue is refused (BUSY), who waits in it for longer than
 * the deadline leaves it (DROPPED), the most urgent class goes first and within it the oldest.
 */
final class Link {
  /** How many sweeps fall into the deadline of a frame. */
  static final int SWEEPS = 4;

  /** Messages that the other side may send before the first of them was dealt with. */
  private static final int READ_AHEAD = 16;

  private final GrpcLimits limits;
  private final Executor thread;
  private final Runnable writing = this::write;

  private final Object lock = new Object();
  // All below is guarded by the lock, which is held for a message at most and in no callback.
  private final ArrayDeque<Outgoing> metering = new ArrayDeque<>();
  private final ArrayDeque<Outgoing> normal = new ArrayDeque<>();
  private final ArrayDeque<Outgoing> bulk = new ArrayDeque<>();
  private final List<ArrayDeque<Outgoing>> queues = List.of(metering, normal, bulk);
  private final ArrayDeque<LinkEvent> events = new ArrayDeque<>();

  /** Events that come after the frames that wait, which may be of whoever leaves. */
  private final ArrayDeque<LinkEvent> lastEvents = new ArrayDeque<>();

  private final ArrayDeque<Answer> results = new ArrayDeque<>();
  private final Unanswered unanswered;
  private int queued;
  private int unread;
  private long sweeps;
  private byte @Nullable [] first;
  private @Nullable CallStreamObserver<byte[]> out;
  private @Nullable Status closing;

  /** Whether both sides have said who they are, before which no frame goes out. */
  private boolean welcomed;

  /** Whether there will never be another stream. */
  private boolean over;

  /** Whether the thread was asked to write and has not finished. */
  private boolean scheduled;

  // What that thread writes next.
  private byte @Nullable [] message;
  private final WireWriter parts = new WireWriter();
  private final List<Outgoing> unacknowledged = new ArrayList<>();

  /**
   * @param thread runs what it is given in the thread that serves the connection
   */
  Link(GrpcLimits limits, Executor thread) {
    this.limits = limits;
    this.thread = thread;
    this.unanswered = new Unanswered(limits.count(GrpcParameter.UNANSWERED_FRAMES));
  }

  /** From now on writes go to that stream, {@code opening} before all others. */
  void connected(CallStreamObserver<byte[]> stream, byte[] opening) {
    synchronized (lock) {
      out = stream;
      first = opening;
      closing = null;
      welcomed = false;
      unread = 0;
    }
    stream.request(READ_AHEAD);
    flush();
  }

  /** From now on frames may be written. */
  void welcomed() {
    synchronized (lock) {
      welcomed = true;
    }
    flush();
  }

  /** Ends the stream: with OK when all that waits was written, else at once. */
  void close(Status status) {
    synchronized (lock) {
      // A fault that was found is not made good by the other side's end.
      closing = closing == null || closing.isOk() ? status : closing;
    }
    flush();
  }

  /**
   * The stream is gone. What was written without a result ends as NO_ACK, for nobody knows whether
   * it came; what waits goes on waiting for the next stream until its deadline.
   */
  void disconnected() {
    List<Unanswered.Written> lost = new ArrayList<>();
    synchronized (lock) {
      // While it closes, whoever writes still has its last word to say.
      out = closing == null ? null : out;
      if (closing == null || !closing.isOk()) {
        first = null;
        results.clear();
        events.clear();
        lastEvents.clear();
      }
      unanswered.takeAll(lost);
    }
    flush();
    lost.forEach(Link::unheard);
  }

  /** Ends everything that waits, and whatever comes later at once. */
  void dropQueued() {
    List<Outgoing> dropped = new ArrayList<>();
    synchronized (lock) {
      over = true;
      queues.forEach(dropped::addAll);
      queues.forEach(ArrayDeque::clear);
      queued = 0;
    }
    dropped.forEach(outgoing -> outgoing.ends(SendResult.DROPPED));
  }

  /** Queues a frame and writes what the stream takes. */
  void send(Outgoing outgoing) {
    boolean gone;
    boolean full;
    synchronized (lock) {
      gone = over;
      full = queued >= limits.count(GrpcParameter.QUEUED_FRAMES);
      if (!gone && !full) {
        outgoing.since = sweeps;
        queue(outgoing.frame.options().priority()).add(outgoing);
        queued++;
        schedule();
      }
    }
    if (gone) {
      outgoing.ends(SendResult.NO_ROUTE);
    } else if (full) {
      outgoing.ends(SendResult.BUSY);
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
      (lastEvents.isEmpty() ? events : lastEvents).add(event);
      schedule();
    }
  }

  /** Queues an event that must not overtake the frames that wait. */
  void sendLast(LinkEvent event) {
    synchronized (lock) {
      lastEvents.add(event);
      schedule();
    }
  }

  /** Owes the other side a result. */
  void answer(Answer answer) {
    synchronized (lock) {
      results.add(answer);
      schedule();
    }
  }

  /** Tells the senders what the other side said about their frames. */
  void answered(List<Answer> answers) {
    for (Answer answer : answers) {
      Outgoing.Sender sender;
      long sendId;
      synchronized (lock) {
        sender = unanswered.take(answer.sequence());
        sendId = unanswered.takenSendId();
        scheduleWaiting();
      }
      if (sender != null) {
        sender.answered(sendId, Fields.result(answer.result()));
      }
    }
  }

  /** A message was dealt with, so that another may be asked for. */
  void dealt() {
    ask(1);
  }

  /** Asks for as many messages as were dealt with, but not while too much is owed for them. */
  private void ask(int dealt) {
    CallStreamObserver<byte[]> reader;
    int count;
    synchronized (lock) {
      unread += dealt;
      reader = out;
      int owed = results.size() + events.size() + lastEvents.size();
      if (reader == null
          || unread < READ_AHEAD / 2
          || owed > limits.count(GrpcParameter.UNANSWERED_FRAMES)) {
        return;
      }
      count = unread;
      unread = 0;
    }
    reader.request(count);
  }

  /** Has the thread write what may be written. */
  private void flush() {
    synchronized (lock) {
      schedule();
    }
  }

  /** Wakes the thread for what was added; it runs nothing before the lock is free. */
  private void schedule() {
    if (scheduled) {
      return;
    }
    try {
      thread.execute(writing);
      scheduled = true;
    } catch (RejectedExecutionException closed) {
      // The connection's end was closed, and its thread with it.
      scheduled = false;
    }
  }

  /** What waits may have waited for a result that has come or was given up. */
  private void scheduleWaiting() {
    if (queued > 0) {
      schedule();
    }
  }

  /** Writes until nothing is left that may be written. */
  private void write() {
    CallStreamObserver<byte[]> writer;
    while ((writer = taken()) != null) {
      write(writer);
    }
    ask(0);
  }

  private @Nullable CallStreamObserver<byte[]> taken() {
    synchronized (lock) {
      CallStreamObserver<byte[]> writer = take();
      scheduled = writer != null;
      return writer;
    }
  }

  /** Takes what to write next, if the stream is ready: a message, or none and the end. */
  private @Nullable CallStreamObserver<byte[]> take() {
    CallStreamObserver<byte[]> stream = out;
    if (stream == null) {
      return null;
    }
    message = null;
    if (closing == null || closing.isOk()) {
      boolean something =
          first != null
              || !results.isEmpty()
              || !events.isEmpty()
              || !lastEvents.isEmpty()
              || (queued > 0 && welcomed);
      if (something && !stream.isReady()) {
        return null;
      }
      if (something) {
        encode();
      }
    }
    if (message == null) {
      if (closing == null) {
        return null;
      }
      out = null;
    }
    return stream;
  }

  private void encode() {
    if (first != null) {
      message = first;
      first = null;
      return;
    }
    while (!results.isEmpty() && parts.length() < GrpcLimits.MESSAGE_FILLED_OCTETS) {
      LinkCodec.write(results.remove(), parts);
    }
    while (!events.isEmpty() && parts.length() < GrpcLimits.MESSAGE_FILLED_OCTETS) {
      LinkCodec.write(events.remove(), parts);
    }
    for (int frames = 0;
        welcomed
            && frames < limits.count(GrpcParameter.FRAMES_PER_MESSAGE)
            && parts.length() < GrpcLimits.MESSAGE_FILLED_OCTETS
            && queued > 0
            && unanswered.hasRoom();
        frames++) {
      encode(next());
    }
    if (parts.length() == 0 && (queued == 0 || !welcomed)) {
      // A reader takes the events of a message before its frames, so these need one of their own.
      while (!lastEvents.isEmpty() && parts.length() < GrpcLimits.MESSAGE_FILLED_OCTETS) {
        LinkCodec.write(lastEvents.remove(), parts);
      }
    }
    if (parts.length() > 0) {
      message = parts.taken();
    }
  }

  private void encode(Outgoing outgoing) {
    queued--;
    boolean acknowledged = outgoing.frame.options().apsAcknowledgement();
    if (!acknowledged) {
      unacknowledged.add(outgoing);
    }
    long sequence = unanswered.add(acknowledged ? outgoing.sender : null, outgoing.sendId);
    LinkCodec.write(outgoing.frame, sequence, parts);
  }

  private Outgoing next() {
    Outgoing urgent = metering.poll();
    Outgoing outgoing = urgent == null ? normal.poll() : urgent;
    return outgoing == null ? bulk.remove() : outgoing;
  }

  private void write(CallStreamObserver<byte[]> stream) {
    SendResult result = SendResult.DELIVERED;
    try {
      if (message == null) {
        close(stream);
      } else {
        stream.onNext(message);
      }
    } catch (IllegalStateException ended) {
      // The stream ended a moment ago; its observer is told and calls disconnected().
      result = SendResult.NO_ACK;
    }
    if (!unacknowledged.isEmpty()) {
      for (Outgoing outgoing : unacknowledged) {
        outgoing.ends(result);
      }
      unacknowledged.clear();
    }
  }

  private void close(CallStreamObserver<byte[]> stream) {
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

  /** The stream takes messages again. */
  void ready() {
    flush();
  }

  /**
   * Ends what is overdue; called {@link #SWEEPS} times within the deadline, and once more, so that
   * nothing ends early. Frames carry the number of a sweep and not the time, which would take a
   * look at the clock for each.
   */
  void sweep() {
    List<Unanswered.Written> unheard = new ArrayList<>();
    List<Outgoing> dropped = new ArrayList<>();
    synchronized (lock) {
      unanswered.sweep(unheard);
      long overdue = sweeps - SWEEPS;
      sweeps++;
      for (ArrayDeque<Outgoing> queue : queues) {
        while (!queue.isEmpty() && queue.getFirst().since <= overdue) {
          dropped.add(queue.remove());
          queued--;
        }
      }
      scheduleWaiting();
    }
    unheard.forEach(Link::unheard);
    dropped.forEach(outgoing -> outgoing.ends(SendResult.DROPPED));
  }

  private static void unheard(Unanswered.Written frame) {
    frame.sender().ended(frame.sendId(), SendResult.NO_ACK);
  }

  /** Frames that wait. */
  int queued() {
    synchronized (lock) {
      return queued;
    }
  }
}
