// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.cli.Printable;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.edge.Arrival;
import org.hanota.headend.edge.UserEdge;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.CommandVariant.Service;

/**
 * Where users put their requests: {@code POST /api/v1/serviceT}, {@code serviceD} and {@code
 * serviceS}. The acknowledgement, or DUIS's own error, is the answer; what is no message at all
 * gets a line of text and 400. [DUIS schema]
 */
final class UserService extends Handler.Abstract {
  private final Eui64 dsp;
  private final UserEdge edge;
  private final Desk desk;
  private final InstantSource clock;
  private final Told told;
  private final Bodies bodies;
  private final long answerWithinMs;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, CompletableFuture<Letter.Confirmed>> waiting = new ConcurrentHashMap<>();

  /** Port: hands letters to the DSP. */
  interface Desk {
    /** Hands a letter over; why nobody takes it here, empty if it is taken. */
    Optional<String> letter(Letter.Message letter);
  }

  /** Nobody takes it here, with the reason for whoever put it. */
  private static final class NotTaken extends Exception {
    private static final long serialVersionUID = 1;

    NotTaken(String why) {
      super(why);
    }
  }

  UserService(
      Eui64 dsp,
      UserEdge edge,
      Desk desk,
      InstantSource clock,
      ParameterValues<HttpParameter> limits,
      Told told) {
    this.dsp = dsp;
    this.edge = edge;
    this.desk = desk;
    this.clock = clock;
    this.told = told;
    this.bodies = new Bodies(limits.get(HttpParameter.BODIES_OCTETS));
    this.answerWithinMs = limits.get(HttpParameter.ANSWER_WITHIN);
  }

  private static Optional<Service> service(String path) {
    for (Service service : Service.values()) {
      if (service != Service.NONE && service.path().equals(path)) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Optional<Service> service = service(Request.getPathInContext(request));
    if (service.isEmpty()) {
      Bodies.answer(response, callback, 404, "allowed /api/v1/serviceT, serviceD and serviceS");
    } else {
      String remote = Request.getRemoteAddr(request);
      bodies.read(
          request,
          response,
          callback,
          body -> take(body, service.get(), remote, response, callback));
    }
    return true;
  }

  private void take(
      Octets body, Service service, String remote, Response response, Callback callback) {
    Arrival arrival = edge.take(body, service, clock.millis());
    if (arrival instanceof Arrival.Refused refused) {
      told.refused(remote, "a request", refused.reason());
      if (refused.acknowledgement().isPresent()) {
        Bodies.answer(response, callback, Duis.write(refused.acknowledgement().get()));
      } else {
        Bodies.answer(response, callback, 400, Printable.line(refused.reason()));
      }
      return;
    }
    ask((Arrival.Called) arrival, response, callback);
  }

  private void ask(Arrival.Called called, Response response, Callback callback) {
    long number = numbers.incrementAndGet();
    CompletableFuture<Letter.Confirmed> said = new CompletableFuture<>();
    waiting.put(number, said);
    var unused =
        said.orTimeout(answerWithinMs, TimeUnit.MILLISECONDS)
            .whenComplete(
                (confirmed, late) -> {
                  waiting.remove(number);
                  if (late instanceof NotTaken refused) {
                    Bodies.answer(response, callback, 503, String.valueOf(refused.getMessage()));
                  } else if (late != null) {
                    Bodies.answer(
                        response, callback, 504, "no acknowledgement in time: put it again");
                  } else {
                    Bodies.answer(
                        response, callback, Duis.write(confirmed.acknowledgement().orElseThrow()));
                  }
                });
    Eui64 user = called.call().request().id().originator();
    desk.letter(new Letter.Message(user, dsp, number, called.call()))
        .ifPresent(why -> said.completeExceptionally(new NotTaken(why)));
  }

  /** The DSP has kept what follows from a request: whoever put it is told. */
  void confirmed(Letter.Confirmed confirmed) {
    CompletableFuture<Letter.Confirmed> found = waiting.get(confirmed.number());
    if (found != null) {
      found.complete(confirmed);
    }
  }
}
