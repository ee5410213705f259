// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
import org.hanota.api.Octets;
import org.hanota.headend.duis.Duis;
import org.jspecify.annotations.Nullable;

/** Bodies of requests with a limit, read without a thread that waits, and short answers. */
final class Bodies {
  private final AtomicLong left;

  /**
   * Holds none yet.
   *
   * @param octetsMax of all that are held at once
   */
  Bodies(long octetsMax) {
    this.left = new AtomicLong(octetsMax);
  }

  /** Takes a body that came whole. */
  interface Taker {
    /** Acts on it and answers, now or later. */
    void take(Octets body);
  }

  /** Reads a POST of at most the largest message; says so itself where it is none. */
  void read(Request request, Response response, Callback callback, Taker taker) {
    if (!request.getMethod().equals("POST")) {
      response.getHeaders().put(HttpHeader.ALLOW, "POST");
      answer(response, callback, 405, "POST a message of DUIS");
      return;
    }
    if (request.getLength() > Duis.OCTETS_MAX) {
      tooLarge(response, callback);
      return;
    }
    // Who does not say how much may send as much as there may be.
    long held = request.getLength() < 0 ? Duis.OCTETS_MAX : request.getLength();
    if (left.addAndGet(-held) < 0) {
      left.addAndGet(held);
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      answer(response, callback, 503, "too much is under way: put it again");
      return;
    }
    Content.Source.asByteArrayAsync(
        request,
        Duis.OCTETS_MAX,
        Promise.Invocable.from(
            Invocable.InvocationType.BLOCKING,
            (byte[] body, Throwable fault) -> {
              try {
                came(body, fault, response, callback, taker);
              } finally {
                left.addAndGet(held);
              }
            }));
  }

  private static void came(
      byte[] body, @Nullable Throwable fault, Response response, Callback callback, Taker taker) {
    if (fault == null) {
      take(Octets.wrap(body), callback, taker);
    } else if (fault instanceof IllegalStateException
        || fault.getCause() instanceof IllegalStateException) {
      tooLarge(response, callback);
    } else {
      callback.failed(fault);
    }
  }

  private static void take(Octets body, Callback callback, Taker taker) {
    try {
      taker.take(body);
    } catch (RuntimeException | Error fault) {
      // Nobody is left without an answer; what it was stands in the log of the server.
      callback.failed(fault);
    }
  }

  private static void tooLarge(Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    answer(response, callback, 413, "allowed " + Duis.OCTETS_MAX + " octets");
  }

  /** Answers with a line of text. */
  static void answer(Response response, Callback callback, int status, String line) {
    send(response, callback, status, "text/plain; charset=utf-8", line + "\n");
  }

  /** Answers with a message of DUIS. */
  static void answer(Response response, Callback callback, Octets xml) {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(xml.toByteArray()), callback);
  }

  private static void send(
      Response response, Callback callback, int status, String type, String text) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
  }
}
