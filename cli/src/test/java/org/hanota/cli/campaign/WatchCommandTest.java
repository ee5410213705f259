// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hanota.transport.grpc.Security;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What who watches sees of a head end that goes and comes, or is another one. */
class WatchCommandTest {
  private final Deque<String> answers = new ArrayDeque<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static String status(String process, int from, int until) {
    String events =
        IntStream.rangeClosed(from, until)
            .mapToObj(
                each ->
                    "{\"number\": %d, \"time\": \"now\", \"what\": \"spring: %s %d\"}"
                        .formatted(each, process, each))
            .collect(Collectors.joining(", "));
    return "{\"process\": \"%s\", \"events\": [%s], \"campaigns\": []}".formatted(process, events);
  }

  /** Looks once for each answer; an empty one is a head end that does not act. */
  private List<String> watched(String... said) throws IOException {
    answers.addAll(List.of(said));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicReference<String> answer = new AtomicReference<>("");
    server.createContext(
        "/status.json",
        exchange -> {
          byte[] body = requireNonNull(answer.get()).getBytes(UTF_8);
          exchange.sendResponseHeaders(
              body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      RemoteHeadEnd remote = RemoteHeadEnd.at(server.getAddress(), new Security.Insecure(false));
      WatchCommand watch = new WatchCommand();
      new CommandLine(watch)
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true))
          .parseArgs("--insecure");
      while (!answers.isEmpty()) {
        answer.set(answers.remove());
        assertThat(watch.look(remote)).isFalse();
      }
    } finally {
      server.stop(0);
    }
    return out.toString().lines().map(line -> line.replaceFirst(".*spring: ", "")).toList();
  }

  @Test
  void aHeadEndThatWasAwayForAMomentRepeatsNothing() throws IOException {
    assertThat(watched(status("a", 1, 2), "", status("a", 1, 3)))
        .containsExactly("a 1", "a 2", "a 3");
    assertThat(err.toString()).contains("no longer watched").contains("is watched again");
  }

  @Test
  void anotherProcessNumbersItsEventsAnew() throws IOException {
    assertThat(watched(status("a", 1, 5), status("b", 1, 2)))
        .containsExactly("a 1", "a 2", "a 3", "a 4", "a 5", "b 1", "b 2");
  }

  @Test
  void whatPassedUnseenIsSaid() throws IOException {
    assertThat(watched(status("a", 1, 2), status("a", 5, 6)))
        .containsExactly("a 1", "a 2", "a 5", "a 6");
    assertThat(err.toString()).contains("2 events passed unseen");
  }
}
