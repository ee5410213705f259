// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.cli.headend.ServedHeadEnd.DSP;
import static org.hanota.cli.headend.ServedHeadEnd.HUB;
import static org.hanota.cli.headend.ServedHeadEnd.signed;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.cli.hub.ServeParameter;
import org.hanota.cli.hub.WebServer;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.duis.signature.SignatureVerifier;
import org.hanota.headend.edge.UserEdge;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.InventoryRequest.ReadInventory;
import org.hanota.headend.request.InventoryRequest.Selection;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ServiceReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the HTTP ends of a head end give to whom, and for how long. */
@Timeout(90)
class UserServiceTest {
  private static final ParameterValues<HttpParameter> DEFAULTS =
      ParameterValues.defaults(HttpParameter.class);
  private static final TestPki PKI = TestPki.ofSeed(8);

  /** One for all: each of its own would keep a connection, and an address has few. */
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private final StringWriter said = new StringWriter();
  private final Told told =
      new Told(new PrintWriter(said), ParameterValues.defaults(ServeParameter.class));

  private static Certificate user() {
    return PKI.organisation(ServedHeadEnd.SUPPLIER, RemotePartyRole.USER_XML_SIGN)
        .digitalSignature();
  }

  /** Of a DSP that takes everything and says nothing. */
  private UserService silent(ParameterValues<HttpParameter> limits) {
    UserEdge edge =
        new UserEdge(
            new SignatureVerifier(List.of(user())),
            ParameterValues.defaults(HeadEndParameter.class));
    return new UserService(
        DSP, edge, letter -> Optional.empty(), InstantSource.system(), limits, told);
  }

  private WebServer serve(ParameterValues<HttpParameter> limits, Handler handler)
      throws IOException {
    return WebServer.start(
        "--listen",
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Optional.empty(),
        HttpParameter.limits(limits),
        from -> told.refused(from.getHostAddress(), "a connection", "its address has its places"),
        handler);
  }

  private HttpResponse<String> post(int port, String path, Octets body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static Octets inventory() {
    return signed(
        DSP,
        CommandVariant.NON_DEVICE,
        new ReadInventory(new Selection.Device(HUB)),
        System.currentTimeMillis());
  }

  @Test
  void whoeverWaitsForAnAnswerIsNotCutOffBeforeItComes() throws Exception {
    ParameterValues<HttpParameter> limits =
        DEFAULTS
            .with(HttpParameter.IDLE, 800)
            .with(HttpParameter.REQUEST_WITHIN, 1_200)
            .with(HttpParameter.BODY_WITHIN, 1_200)
            .with(HttpParameter.ANSWER_WITHIN, 3_000);
    try (WebServer server = serve(limits, silent(limits))) {
      assertThat(post(server.port(), "/api/v1/serviceD", inventory()).statusCode()).isEqualTo(504);
    }
  }

  @Test
  void oneAddressTakesNoMoreThanItsPlacesAndGetsThemBack() throws Exception {
    ParameterValues<HttpParameter> limits = DEFAULTS.with(HttpParameter.CONNECTIONS_OF_ONE, 4);
    List<Socket> open = new ArrayList<>();
    try (WebServer server = serve(limits, silent(limits))) {
      for (int i = 0; i < 4; i++) {
        open.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
        open.get(i).getOutputStream().write("POST /".getBytes(StandardCharsets.US_ASCII));
      }
      try (Socket fifth = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        fifth.setSoTimeout(20_000);
        assertThat(isClosed(fifth)).isTrue();
      }
      assertThat(said.toString()).contains("its address has its places");
      for (Socket socket : open) {
        socket.close();
      }
      int status = 0;
      while (status == 0) {
        status = tried(server.port());
      }
      assertThat(status).isEqualTo(404);
    }
  }

  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /** The server learns of a closed connection some time after the client closed it. */
  private int tried(int port) throws InterruptedException {
    try {
      return post(port, "/nothing", Octets.EMPTY).statusCode();
    } catch (IOException full) {
      return 0;
    }
  }

  @Test
  void bodiesAreHeldUpToALimitOverAllConnections() throws Exception {
    ParameterValues<HttpParameter> limits = DEFAULTS.with(HttpParameter.BODIES_OCTETS, 20_000);
    try (WebServer server = serve(limits, silent(limits))) {
      int status;
      try (Socket half = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        String head =
            String.join(
                "\r\n",
                "POST /api/v1/serviceS HTTP/1.1",
                "Host: x",
                "Content-Length: 19999",
                "Expect: 100-continue",
                "",
                "");
        half.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        // What it asks before it sends is answered when its place is held.
        byte[] answer = half.getInputStream().readNBytes("HTTP/1.1 100".length());
        assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
        status = post(server.port(), "/api/v1/serviceS", Octets.wrap(new byte[9])).statusCode();
        assertThat(status).isEqualTo(503);
      }
      while (status == 503) {
        status = post(server.port(), "/api/v1/serviceS", Octets.wrap(new byte[9])).statusCode();
      }
      assertThat(status).isEqualTo(400);
    }
    told.close();
    assertThat(said.toString()).contains("refused a request from");
  }

  @Test
  void aReceiveServiceGoesOnBehindTheMessagesOfAnEarlierRunAndKeepsEachOnce() throws Exception {
    Credentials dcc = PKI.organisation(DSP, RemotePartyRole.DCC_XML_SIGN);
    MessageSigner signer = new MessageSigner(dcc.digitalSignatureKey(), dcc.digitalSignature());
    Files.writeString(folder.resolve("000001.xml"), "of an earlier run");
    Files.writeString(folder.resolve("000007.xml"), "of an earlier run");
    ReceiveService service =
        new ReceiveService(
            new SignatureVerifier(List.of(dcc.digitalSignature())),
            folder,
            InstantSource.system(),
            DEFAULTS,
            told);
    Response response =
        new Response(
            "5.4",
            Optional.of(new MessageId(ServedHeadEnd.SUPPLIER, HUB, 1)),
            Optional.of(new MessageId(DSP, ServedHeadEnd.SUPPLIER, 2)),
            ResponseCode.SUCCESS,
            java.time.Instant.EPOCH,
            new ResponseBody.ResponseMessage(new ServiceReference("11.2"), Optional.empty()));
    try (WebServer server = serve(DEFAULTS, service)) {
      assertThat(post(server.port(), "/", signer.sign(response)).statusCode()).isEqualTo(204);
      assertThat(post(server.port(), "/", signer.sign(response)).statusCode()).isEqualTo(204);
      assertThat(post(server.port(), "/", Duis.write(response)).statusCode()).isEqualTo(400);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("000001.xml", "000007.xml", "000008.xml");
    }
  }
}
