// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.hanota.api.Octets;
import org.jspecify.annotations.Nullable;

/**
 * The synchronous requests of the line: one at a time, the more urgent first, each answered,
 * refused, or given up. An answer that nobody waits for is counted and left alone: a stick was seen
 * to send one.
 *
 * @param <Q> a request, as the stick's family frames it
 */
public final class RequestChannel<Q> {
  /** What became of a request. */
  public sealed interface Outcome {
    /** The answer's data. */
    record Answered(Octets data) implements Outcome {}

    /** Why there is none; {@code refused} if the stick said so, and was not merely silent. */
    record Failed(String reason, boolean refused) implements Outcome {}
  }

  /** The order among waiting requests. */
  public enum Urgency {
    /** Start-up and questions about addresses. */
    CONTROL,
    /** Metering. */
    METERING,
    /** All but blocks. */
    NORMAL,
    /** Blocks. */
    BULK
  }

  private record Request<Q>(
      Q frame, Urgency urgency, long number, long patience, Consumer<Outcome> then) {}

  private final LongSupplier clock;
  private final Consumer<Q> line;
  private final PriorityQueue<Request<Q>> waiting =
      new PriorityQueue<>(
          Comparator.comparing((Request<Q> each) -> each.urgency())
              .thenComparingLong(each -> each.number()));
  private @Nullable Request<Q> current;
  private long deadline = Long.MAX_VALUE;
  private long numbers;
  private int silences;
  private long strays;

  /**
   * @param clock the monotonic time of the call under way
   * @param line takes each request when it is its turn
   */
  public RequestChannel(LongSupplier clock, Consumer<Q> line) {
    this.clock = clock;
    this.line = line;
  }

  /**
   * Asks as soon as it is this request's turn.
   *
   * @param patience how long its answer may take, in nanoseconds
   * @param then called exactly once, never from inside this call
   */
  public void request(Q frame, Urgency urgency, long patience, Consumer<Outcome> then) {
    waiting.add(new Request<>(frame, urgency, numbers++, patience, then));
    next();
  }

  private void next() {
    if (current == null && !waiting.isEmpty()) {
      Request<Q> request = waiting.remove();
      current = request;
      deadline = clock.getAsLong() + request.patience();
      line.accept(request.frame());
    }
  }

  /**
   * An answer came.
   *
   * @param asked whether it is the answer to a request
   */
  public void answer(Predicate<Q> asked, Octets data) {
    conclude(asked, new Outcome.Answered(data));
  }

  /**
   * The stick refused a request.
   *
   * @param asked whether it is that request
   */
  public void refusal(Predicate<Q> asked, String reason) {
    conclude(asked, new Outcome.Failed(reason, true));
  }

  private void conclude(Predicate<Q> asked, Outcome outcome) {
    Request<Q> request = current;
    if (request == null || !asked.test(request.frame())) {
      strays++;
      return;
    }
    silences = 0;
    finish(request, outcome);
  }

  /** Gives up what took too long. */
  public void timer() {
    Request<Q> request = current;
    if (request != null && clock.getAsLong() >= deadline) {
      silences++;
      finish(request, new Outcome.Failed("no answer", false));
    }
  }

  private void finish(Request<Q> request, Outcome outcome) {
    current = null;
    deadline = Long.MAX_VALUE;
    request.then().accept(outcome);
    next();
  }

  /** Gives up everything: the port or the stick is gone. */
  public void abandon(String reason) {
    List<Request<Q>> given = new ArrayList<>();
    Request<Q> request = current;
    if (request != null) {
      given.add(request);
    }
    while (!waiting.isEmpty()) {
      given.add(waiting.remove());
    }
    current = null;
    deadline = Long.MAX_VALUE;
    silences = 0;
    given.forEach(each -> each.then().accept(new Outcome.Failed(reason, false)));
  }

  /** When {@link #timer} is due. */
  public long deadline() {
    return deadline;
  }

  /** Requests in a row that got no answer. */
  public int silences() {
    return silences;
  }

  /** Answers that nobody waited for. */
  public long strays() {
    return strays;
  }
}
