// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.cli.headend.ServedHeadEnd.DSP;
import static org.hanota.cli.headend.ServedHeadEnd.HUB;
import static org.hanota.cli.headend.ServedHeadEnd.SUPPLIER;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hanota.api.ParameterValues;
import org.hanota.cli.hub.ServeParameter;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ServiceReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user's receive service that fails, stalls or is not there costs nobody else anything. */
@Timeout(60)
class PushTest {
  private static final ParameterValues<HttpParameter> LIMITS =
      ParameterValues.defaults(HttpParameter.class)
          .with(HttpParameter.PUSH_WITHIN, 1_000)
          .with(HttpParameter.PUSHES_OF_ONE, 2);

  private final BlockingQueue<Letter.Confirmed> confirmed = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final Told told =
      new Told(
          new PrintWriter(new StringWriter()) {
            @Override
            public void println(String line) {
              lines.add(line);
            }
          },
          ParameterValues.defaults(ServeParameter.class));

  private Push push(URI address) throws IOException {
    Credentials dcc = TestPki.ofSeed(8).organisation(DSP, RemotePartyRole.DCC_XML_SIGN);
    return new Push(
        Map.of(SUPPLIER, address),
        new MessageSigner(dcc.digitalSignatureKey(), dcc.digitalSignature()),
        confirmed::add,
        told,
        new PushClient(Optional.empty(), Duration.ofSeconds(5)),
        LIMITS);
  }

  private static Letter.Message letter(long number) {
    Response response =
        new Response(
            "5.4",
            Optional.of(new MessageId(SUPPLIER, HUB, number)),
            Optional.of(new MessageId(DSP, SUPPLIER, number)),
            ResponseCode.SUCCESS,
            Instant.EPOCH,
            new ResponseBody.ResponseMessage(new ServiceReference("11.2"), Optional.empty()));
    return new Letter.Message(DSP, SUPPLIER, number, new Content.Answer(response));
  }

  /** Answers each connection with the next of these, then with the last; without any, nothing. */
  private ServerSocket server(String... answers) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread accepts =
        new Thread(
            () -> {
              try {
                while (true) {
                  Socket socket = server.accept();
                  open.add(socket);
                  if (answers.length > 0) {
                    String answer = answers[Math.min(open.size(), answers.length) - 1];
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                  }
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
    accepts.setDaemon(true);
    accepts.start();
    return server;
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Test
  void anAnswerThatNeverEndsIsGivenUpAndTheMessageSentAgain() throws Exception {
    try (ServerSocket server =
        server(
            "HTTP/1.1 204 No Content\r\nX-Endless: ",
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n")) {
      Push push = push(URI.create("http://localhost:" + server.getLocalPort() + "/"));
      push.send(letter(1));
      assertThat(lines.poll(30, TimeUnit.SECONDS)).contains("his messages are sent again");
      Letter.Confirmed taken = null;
      while (taken == null) {
        // The second attempt is given up, too; the third is taken, unless this machine is slow.
        push.send(letter(1));
        taken = confirmed.poll(20, TimeUnit.MILLISECONDS);
      }
      assertThat(taken.number()).isEqualTo(1);
      assertThat(open).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void aUserWithoutAServiceIsToldOnceAndAnotherGetsNoMoreThanHisPlaces() throws Exception {
    try (ServerSocket server = server()) {
      Push push = push(URI.create("http://localhost:" + server.getLocalPort() + "/"));
      Letter.Message nobodys = new Letter.Message(DSP, ServedHeadEnd.OTHER, 9, letter(9).content());
      push.send(nobodys);
      push.send(nobodys);
      assertThat(lines.poll(30, TimeUnit.SECONDS)).contains("names no receive service");
      assertThat(lines).isEmpty();
      for (int i = 0; i < 20; i++) {
        push.send(letter(i));
      }
      assertThat(lines.poll(30, TimeUnit.SECONDS)).contains(SUPPLIER.toString());
      assertThat(open.size()).isLessThanOrEqualTo(2);
      assertThat(confirmed).isEmpty();
    }
  }

  @Test
  void whereSendingThrowsTheMessageIsSentAgain() throws Exception {
    // The DSP that hands over must not fail by it.
    Push push = push(URI.create("localhost:8080"));
    push.send(letter(1));
    assertThat(lines.poll(30, TimeUnit.SECONDS)).contains("his messages are sent again");
    push.send(letter(1));
    assertThat(confirmed).isEmpty();
  }
}
