// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Octets;
import org.jspecify.annotations.Nullable;

/**
 * The synchronous requests of the line: one at a time, the more urgent first, each answered by
 * subsystem and command, refused, or given up. An answer that nobody waits for is counted and left
 * alone: a stick was seen to send one.
 */
final class RequestChannel {
  /** What became of a request. */
  sealed interface Outcome {
    /** The answer's data. */
    record Answered(Octets data) implements Outcome {}

    /** Why there is none. */
    record Failed(String reason) implements Outcome {}
  }

  /** The order among waiting requests. */
  enum Urgency {
    /** Start-up and questions about addresses. */
    CONTROL,
    /** Metering. */
    METERING,
    /** All but blocks. */
    NORMAL,
    /** Blocks. */
    BULK
  }

  private record Request(
      ZnpFrame frame, Urgency urgency, long number, long patience, Consumer<Outcome> then) {}

  private final LongSupplier clock;
  private final Consumer<Octets> line;
  private final PriorityQueue<Request> waiting =
      new PriorityQueue<>(
          Comparator.comparing(Request::urgency).thenComparingLong(Request::number));
  private @Nullable Request current;
  private long deadline = Long.MAX_VALUE;
  private long numbers;
  private int silences;
  private long strays;

  /**
   * @param clock the monotonic time of the call under way
   * @param line takes the octets of each request
   */
  RequestChannel(LongSupplier clock, Consumer<Octets> line) {
    this.clock = clock;
    this.line = line;
  }

  /**
   * Asks as soon as it is this request's turn.
   *
   * @param patience how long its answer may take, in nanoseconds
   * @param then called exactly once, never from inside this call
   */
  void request(ZnpFrame frame, Urgency urgency, long patience, Consumer<Outcome> then) {
    waiting.add(new Request(frame, urgency, numbers++, patience, then));
    next();
  }

  private void next() {
    if (current == null && !waiting.isEmpty()) {
      Request request = waiting.remove();
      current = request;
      deadline = clock.getAsLong() + request.patience();
      line.accept(request.frame().octets());
    }
  }

  /** An answer came. */
  void answer(ZnpFrame answer) {
    Request request = current;
    if (request == null || !request.frame().isAnsweredBy(answer)) {
      strays++;
      return;
    }
    silences = 0;
    finish(request, new Outcome.Answered(answer.data()));
  }

  /** The stick refused a request. */
  void refusal(int error, int cmd0, int cmd1) {
    Request request = current;
    if (request == null || request.frame().cmd0() != cmd0 || request.frame().cmd1() != cmd1) {
      strays++;
      return;
    }
    silences = 0;
    String reason =
        switch (error) {
          case 1 -> "the firmware does not have this subsystem";
          case 2 -> "the firmware does not have this command";
          case 3 -> "a parameter is not allowed";
          case 4 -> "the length is not allowed";
          default -> "error " + error;
        };
    finish(request, new Outcome.Failed(reason));
  }

  /** Gives up what took too long. */
  void timer() {
    Request request = current;
    if (request != null && clock.getAsLong() >= deadline) {
      silences++;
      finish(request, new Outcome.Failed("no answer"));
    }
  }

  private void finish(Request request, Outcome outcome) {
    current = null;
    deadline = Long.MAX_VALUE;
    request.then().accept(outcome);
    next();
  }

  /** Gives up everything: the port or the stick is gone. */
  void abandon(String reason) {
    List<Request> given = new ArrayList<>();
    Request request = current;
    if (request != null) {
      given.add(request);
    }
    while (!waiting.isEmpty()) {
      given.add(waiting.remove());
    }
    current = null;
    deadline = Long.MAX_VALUE;
    silences = 0;
    given.forEach(each -> each.then().accept(new Outcome.Failed(reason)));
  }

  /** When {@link #timer} is due. */
  long deadline() {
    return deadline;
  }

  /** Requests in a row that got no answer. */
  int silences() {
    return silences;
  }

  /** Answers that nobody waited for. */
  long strays() {
    return strays;
  }
}
