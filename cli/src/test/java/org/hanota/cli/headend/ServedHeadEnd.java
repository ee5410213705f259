// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.cli.Background;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.headend.dsp.AuditEntry;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.headend.store.Stored;
import org.hanota.headendsql.Database;

/** A DCC and a supplier's receive service as their commands run them, with all files they need. */
final class ServedHeadEnd implements AutoCloseable {
  static final Eui64 DSP = Eui64.parse("90B3D51F30000002");
  static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  static final Eui64 OTHER = Eui64.parse("90B3D51F30020000");
  static final Eui64 HUB = Eui64.parse("00DB1234567890A2");
  static final Eui64 ESME = Eui64.parse("00DB1234567890A0");
  static final Eui64 GSME = Eui64.parse("00DB1234567890A1");

  private static final TestPki PKI = TestPki.ofSeed(8);
  private static final Credentials XML = PKI.organisation(SUPPLIER, RemotePartyRole.USER_XML_SIGN);

  final Path folder;
  final Background receive;
  final Background serve;
  private final Database looked;
  private final String[] security;
  private final HttpClient client;
  private final String scheme;
  private final int port;

  /** Both ends run with {@code security}; {@code client} is the supplier's system. */
  ServedHeadEnd(Path folder, HttpClient client, String... security) throws IOException {
    this.folder = folder;
    this.client = client;
    this.security = security;
    this.scheme = security[0].equals("--insecure") ? "http" : "https";
    keys();
    receive = run("receive", "--xml-keys", path("users-keys"), "-o", path("answers"), "--listen");
    String receiver = receive.await("the DCC at port (\\d+)");
    Files.writeString(folder.resolve("estate.json"), estate(receiver));
    serve =
        run(
            "serve",
            "--estate",
            path("estate.json"),
            "--keystore",
            path("keys"),
            "--xml-keys",
            path("dcc-keys"),
            "--store",
            store(),
            "--listen");
    port = Integer.parseInt(serve.await("users at port (\\d+)"));
    serve.await("acts, epoch (\\d+)");
    looked = Database.open(store() + ";IFEXISTS=TRUE");
  }

  private Background run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("headend"));
    all.addAll(List.of(arguments));
    all.add("localhost:0");
    all.addAll(List.of(security));
    return Background.run(all.toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  String store() {
    return "jdbc:h2:" + path("store");
  }

  private void keys() throws IOException {
    Credentials dcc = PKI.organisation(DSP, RemotePartyRole.DCC_XML_SIGN);
    Path dccKeys = Files.createDirectories(folder.resolve("dcc-keys"));
    PemFolder.write(dccKeys, dcc, true);
    PemFolder.write(dccKeys, XML, false);
    PemFolder.write(dccKeys, PKI.organisation(OTHER, RemotePartyRole.USER_XML_SIGN), false);
    PemFolder.write(Files.createDirectories(folder.resolve("users-keys")), dcc, false);
    Path keys = Files.createDirectories(folder.resolve("keys"));
    PemFolder.write(keys, PKI.organisation(DSP, RemotePartyRole.ACCESS_CONTROL_BROKER), true);
    PemFolder.write(keys, PKI.organisation(SUPPLIER, RemotePartyRole.SUPPLIER), false);
    for (Eui64 device : List.of(HUB, ESME, GSME)) {
      PemFolder.write(keys, PKI.device(device), false);
    }
  }

  private String estate(String receiver) {
    return """
    {
      "users": [
        {"id": "90B3D51F30010000", "roles": ["IS"], "receive": "%s://localhost:%s/"},
        {"id": "90B3D51F30020000", "roles": ["GS"]}
      ],
      "devices": [
        {"id": "00DB1234567890A2", "type": "CHF", "manufacturer": "AB01", "model": "hub",
         "gbcsVersion": "4.0", "hub": "00DB1234567890A2",
         "responsible": [{"user": "90B3D51F30010000", "role": "IS"}]},
        {"id": "00DB1234567890A0", "type": "ESME", "manufacturer": "AB01", "model": "meter",
         "gbcsVersion": "4.0", "firmware": "01000000", "hub": "00DB1234567890A2",
         "responsible": [{"user": "90B3D51F30010000", "role": "IS"}]},
        {"id": "00DB1234567890A1", "type": "GSME", "manufacturer": "AB01", "model": "gas",
         "gbcsVersion": "4.0", "firmware": "01000000", "hub": "00DB1234567890A2",
         "responsible": [{"user": "90B3D51F30020000", "role": "GS"}]}
      ],
      "listings": [
        {"manufacturer": "AB01", "model": "meter", "gbcsVersion": "4.0", "type": "ESME",
         "image": "AB01-0100-02000000", "predecessors": ["01000000"], "reason": "SECURITY",
         "hash": "%s"}
      ]
    }
    """
        .formatted(scheme, receiver, "00".repeat(32));
  }

  /** A request of now, signed by the supplier. */
  static Octets signed(Eui64 target, CommandVariant variant, ServiceRequest body, long counter) {
    return sign(Request.of(new MessageId(SUPPLIER, target, counter), variant, body));
  }

  static Octets sign(Request request) {
    return new MessageSigner(XML.digitalSignatureKey(), XML.digitalSignature()).sign(request);
  }

  URI address(String service) {
    return URI.create(scheme + "://localhost:" + port + "/api/v1/" + service);
  }

  int port() {
    return port;
  }

  HttpResponse<String> post(String service, Octets body) throws IOException {
    return postBy(client, service, body);
  }

  HttpResponse<String> postBy(HttpClient by, String service, Octets body) throws IOException {
    return send(
        by,
        HttpRequest.newBuilder(address(service))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    return send(client, request);
  }

  private static HttpResponse<String> send(HttpClient by, HttpRequest.Builder request)
      throws IOException {
    try {
      return by.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException fault) {
      throw new AssertionError(fault);
    }
  }

  /** What the DSP knows and does; its log and what it says to users left out. */
  List<Stored> kept() {
    return looked.view(DSP, DspMachine.KINDS).load().stream()
        .filter(record -> !(record instanceof AuditEntry) && !(record instanceof Letter))
        .filter(record -> !record.key().startsWith("next letter"))
        .toList();
  }

  List<Path> answers() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("answers"))) {
      return files.sorted().toList();
    }
  }

  @Override
  public void close() {
    looked.close();
    serve.close();
    receive.close();
  }
}
