// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.HubControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page's server answers to those who ask as they should not, or never end asking. */
@Timeout(90)
class WebServerTest {
  /** A header of a request that never ends, and how long it is until the next one. */
  private static final String DRIBBLE = "X: y\r\n";

  private static final int DRIBBLE_MS = 100;

  private final List<Socket> open = new ArrayList<>();
  private HubPage page;

  /** Nothing here asks the hub anything. */
  private static HubControl nobody() {
    return (HubControl)
        Proxy.newProxyInstance(
            HubControl.class.getClassLoader(),
            new Class<?>[] {HubControl.class},
            (proxy, method, arguments) -> {
              throw new AssertionError(method);
            });
  }

  @BeforeEach
  void serve() throws IOException {
    page =
        HubPage.serve(
            0, nobody(), new HubMetrics(), ParameterValues.defaults(ServeParameter.class));
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    page.close();
  }

  private Socket send(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port());
    open.add(socket);
    socket.setSoTimeout(40_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** All that comes until the server closes the connection. */
  private String answer(String request) throws IOException {
    return rest(send(request + "Connection: close\r\n\r\n"));
  }

  private static String rest(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void halfSentRequestsFreezeNothing() throws IOException {
    for (int i = 0; i < 50; i++) {
      send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    }
    assertThat(answer("GET / HTTP/1.1\r\nHost: localhost\r\n")).startsWith("HTTP/1.1 200");
    assertThat(answer("GET /metrics HTTP/1.1\r\nHost: localhost\r\n")).startsWith("HTTP/1.1 ");
  }

  @Test
  void aRequestThatNeverEndsIsCutOff() throws IOException {
    page.close();
    page =
        HubPage.serve(
            0,
            nobody(),
            new HubMetrics(),
            ParameterValues.defaults(ServeParameter.class)
                .with(ServeParameter.PAGE_REQUEST_WITHIN, 1_500));
    Socket slow = send("GET / HTTP/1.1\r\nHost: localhost\r\n");
    slow.setSoTimeout(DRIBBLE_MS);
    boolean open = true;
    for (int sent = 0; open; sent += DRIBBLE.length()) {
      // Never idle, and short of a header that is refused for its length.
      assertThat(sent).as("octets that a request without end sent").isLessThan(3_900);
      open = staysOpenFor(slow);
    }
  }

  /** Sends a little more; whether the server goes on waiting for the rest. */
  private static boolean staysOpenFor(Socket slow) throws IOException {
    int answer;
    try {
      slow.getOutputStream().write(DRIBBLE.getBytes(StandardCharsets.US_ASCII));
      answer = slow.getInputStream().read();
    } catch (SocketTimeoutException waits) {
      return true;
    } catch (SocketException reset) {
      return false;
    }
    assertThat(answer).as("an answer to half a request").isEqualTo(-1);
    return false;
  }

  @Test
  void onlyThisHostsNamesAreAnswered() throws IOException {
    for (String host : List.of("localhost", "127.0.0.1:" + page.port(), "[::1]:80")) {
      assertThat(answer("GET / HTTP/1.1\r\nHost: " + host + "\r\n")).startsWith("HTTP/1.1 200");
    }
    for (String host : List.of("evil.example", "localhost.evil.example:80")) {
      assertThat(answer("GET / HTTP/1.1\r\nHost: " + host + "\r\n")).startsWith("HTTP/1.1 421");
    }
    assertThat(answer("GET / HTTP/1.1\r\n")).startsWith("HTTP/1.1 400");
  }

  @Test
  void everyAnswerForbidsGuessesAndFrames() throws IOException {
    for (String path : List.of("/", "/page.js", "/no-such-page")) {
      assertThat(answer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"))
          .contains("X-Content-Type-Options: nosniff")
          .contains("frame-ancestors 'none'")
          .doesNotContain("Server:");
    }
  }

  @Test
  void otherMethodsAreToldWhichAreAllowed() throws IOException {
    String answer = answer("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405").contains("Allow: GET, HEAD");
    String head = answer("HEAD / HTTP/1.1\r\nHost: localhost\r\n");
    assertThat(head).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
  }

  @Test
  void headersWithoutEndAreRefused() throws IOException {
    assertThat(answer("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(5_000) + "\r\n"))
        .startsWith("HTTP/1.1 431");
  }
}
