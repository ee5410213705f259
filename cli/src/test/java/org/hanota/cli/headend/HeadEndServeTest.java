// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.cli.headend.ServedHeadEnd.DSP;
import static org.hanota.cli.headend.ServedHeadEnd.ESME;
import static org.hanota.cli.headend.ServedHeadEnd.GSME;
import static org.hanota.cli.headend.ServedHeadEnd.HUB;
import static org.hanota.cli.headend.ServedHeadEnd.OTHER;
import static org.hanota.cli.headend.ServedHeadEnd.SUPPLIER;
import static org.hanota.cli.headend.ServedHeadEnd.sign;
import static org.hanota.cli.headend.ServedHeadEnd.signed;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.cli.Cli;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.FirmwareRequest.UpdateFirmware;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.InventoryRequest.ReadInventory;
import org.hanota.headend.request.InventoryRequest.Selection;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.store.Stored;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hanota headend serve} and {@code receive}: the two HTTP ends as they run. */
class HeadEndServeTest {
  private static final ReadInventory INVENTORY = new ReadInventory(new Selection.Device(HUB));
  private static final ReadFirmwareVersion READ = new ReadFirmwareVersion(ExecutionDateTime.NOW);

  @TempDir private static Path folder;

  private static ServedHeadEnd served;

  @BeforeAll
  static void serve() throws IOException {
    served = new ServedHeadEnd(folder, HttpClient.newHttpClient(), "--insecure");
  }

  @AfterAll
  static void close() {
    served.close();
  }

  private static String text(Octets octets) {
    return new String(octets.toByteArray(), StandardCharsets.UTF_8);
  }

  private static Octets octets(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** 400 for what is no message, else DUIS's own code. */
  private static String said(HttpResponse<String> response) {
    return response.statusCode() == 200
        ? ((Response) Duis.read(octets(response.body()))).code().text()
        : Integer.toString(response.statusCode());
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  @Test
  void aRequestIsAcknowledgedAndItsAnswerPushedToTheUsersReceiveService() throws IOException {
    Octets request = signed(DSP, CommandVariant.NON_DEVICE, INVENTORY, now());
    HttpResponse<String> acknowledged = served.post("serviceD", request);
    assertThat(said(acknowledged)).isEqualTo("I99");
    assertThat(acknowledged.headers().firstValue("content-type")).contains("application/xml");
    served.receive.await("([0-9]+.xml  I0 to counter .*DspInventory)");
    // The same again, since its acknowledgement was lost: the same is said, and nothing done.
    List<Stored> before = served.kept();
    assertThat(served.post("serviceD", request).body()).isEqualTo(acknowledged.body());
    assertThat(served.kept()).isEqualTo(before);
    assertThat(Cli.run("headend", "inventory", "--store", served.store()).out())
        .contains("00DB1234567890A0  ESME    runs 01000000  Commissioned");
    assertThat(Cli.run("headend", "audit", "--store", served.store()).out())
        .contains("ReadInventory");
  }

  @Test
  void aPreCommandComesToTheUserOnlyForWhatWasDistributed() throws IOException {
    ActivateFirmware order =
        new ActivateFirmware(ExecutionDateTime.NOW, Octets.fromHex("00".repeat(32)));
    Octets request = signed(ESME, CommandVariant.PRE_COMMAND, order, now());
    assertThat(said(served.post("serviceT", request))).isEqualTo("I99");
    served.receive.await("(E100 to counter)");
  }

  @Test
  @DisplayName("attack 22: bad input is refused by name by the running server, and leaves nothing")
  void badInputIsRefusedByNameAndLeavesNothing() throws IOException {
    Octets taken = signed(ESME, CommandVariant.COMMAND, READ, now());
    assertThat(said(served.post("serviceS", taken))).isEqualTo("I99");
    long counter = ((Request) Duis.read(taken)).id().counter();
    List<Stored> before = served.kept();
    Map<String, String> found = new LinkedHashMap<>();
    Map<String, String> expected = new LinkedHashMap<>();
    bad(counter)
        .forEach(
            (name, bad) -> {
              expected.put(name, bad.code());
              try {
                found.put(name, said(served.post(bad.service(), bad.octets())));
              } catch (IOException fault) {
                found.put(name, fault.toString());
              }
              assertThat(served.kept()).as(name).isEqualTo(before);
            });
    assertThat(found).isEqualTo(expected);
  }

  private record Bad(String service, Octets octets, String code) {}

  private static Map<String, Bad> bad(long taken) {
    Octets good = signed(ESME, CommandVariant.COMMAND, READ, now() + 1_000);
    String xml = text(good);
    Map<String, Bad> bad = new LinkedHashMap<>();
    bad.put("not well-formed", sent(xml.replace("</", "<"), "400"));
    bad.put("empty", sent("", "400"));
    bad.put("not valid", sent(xml.replaceFirst("(?s)<[^<]*CommandVariant>.*?Variant>", ""), "400"));
    bad.put("an entity", sent("<!DOCTYPE a [<!ENTITY b 'c'>]>" + xml, "400"));
    bad.put("an unknown namespace", sent(xml.replace("dccinterface", "elsewhere"), "400"));
    bad.put(
        "no signature",
        sent(
            text(
                Duis.write(
                    Request.of(
                        new MessageId(SUPPLIER, ESME, now() + 2_000),
                        CommandVariant.COMMAND,
                        READ))),
            "E100"));
    bad.put("a wrong signature", sent(xml.replace("56-78-90-A0", "56-78-90-A1"), "E100"));
    String signature =
        xml.substring(xml.indexOf("<ds:Signature"), xml.indexOf("</ds:Signature>") + 15);
    bad.put("a second signature", sent(xml.replace(signature, signature + signature), "400"));
    bad.put("wrapped content", sent(wrapped(xml), "E100"));
    bad.put("50,001 devices", sent(tooManyDevices(), "400"));
    bad.put(
        "a duplicate RequestID",
        new Bad(
            "serviceT",
            signed(
                ESME,
                CommandVariant.PRE_COMMAND,
                new ActivateFirmware(ExecutionDateTime.NOW, Octets.fromHex("11".repeat(32))),
                taken),
            "E100"));
    bad.put(
        "an unknown device",
        new Bad(
            "serviceS",
            signed(Eui64.parse("00DB12345678FFFF"), CommandVariant.COMMAND, READ, now() + 3_000),
            "E19"));
    bad.put(
        "a foreign device",
        new Bad(
            "serviceT",
            signed(
                GSME,
                CommandVariant.PRE_COMMAND,
                new ActivateFirmware(ExecutionDateTime.NOW, Octets.fromHex("11".repeat(32))),
                now() + 4_000),
            "E4"));
    bad.put(
        "a foreign supplier's name",
        new Bad(
            "serviceS",
            sign(
                Request.of(
                    new MessageId(OTHER, ESME, now() + 5_000), CommandVariant.COMMAND, READ)),
            "E100"));
    bad.put(
        "nobody's name",
        new Bad(
            "serviceS",
            sign(
                Request.of(
                    new MessageId(Eui64.parse("90B3D51F300F0000"), ESME, now()),
                    CommandVariant.COMMAND,
                    READ)),
            "E1"));
    bad.put("a hash of 31 octets", sent(shortHash(), "400"));
    bad.put(
        "the wrong service",
        new Bad("serviceT", signed(ESME, CommandVariant.COMMAND, READ, now() + 6_000), "E13"));
    bad.put(
        "an old message",
        new Bad("serviceS", signed(ESME, CommandVariant.COMMAND, READ, now() - 3_600_000), "E100"));
    bad.put("a response", sent(text(Duis.write(response())), "400"));
    return bad;
  }

  private static Response response() {
    return (Response)
        Duis.read(
            Duis.write(
                new Response(
                    "5.4",
                    java.util.Optional.of(new MessageId(SUPPLIER, ESME, 1)),
                    java.util.Optional.empty(),
                    org.hanota.headend.request.ResponseCode.SUCCESS,
                    java.time.Instant.EPOCH,
                    new org.hanota.headend.request.ResponseBody.ResponseMessage(
                        new org.hanota.headend.request.ServiceReference("11.2"),
                        java.util.Optional.empty()))));
  }

  private static Bad sent(String xml, String code) {
    return new Bad("serviceS", octets(xml), code);
  }

  /** What is signed stands inside of what is asked for. */
  private static String wrapped(String signed) {
    String whole = signed.replaceFirst("<\\?xml[^>]*\\?>", "");
    int body = whole.indexOf("Body>") + "Body>".length();
    int end = whole.lastIndexOf("</", whole.indexOf("Body>", body));
    String start = whole.substring(0, body).replaceFirst("90-A0", "90-A1");
    return start
        + whole
        + whole.substring(end, whole.indexOf("Body>", body) + 5)
        + whole.substring(whole.lastIndexOf("</"));
  }

  private static String tooManyDevices() {
    String xml =
        text(
            signed(
                DSP,
                CommandVariant.NON_DEVICE,
                new UpdateFirmware(
                    Octets.fromHex("00"),
                    new FirmwareVersion("1"),
                    new DeviceIdList(List.of(ESME))),
                now()));
    String one = "00-DB-12-34-56-78-90-A0";
    return xml.replace(one, (one + ",").repeat(50_000) + one);
  }

  private static String shortHash() {
    String hash = "11".repeat(32);
    return text(signed(
            ESME,
            CommandVariant.PRE_COMMAND,
            new ActivateFirmware(ExecutionDateTime.NOW, Octets.fromHex(hash)),
            now()))
        .replace(hash, hash.substring(2));
  }

  @Test
  void aBodyOfAGigabyteIsCutOffAndOthersAreServed() throws IOException {
    try (Socket declared = new Socket("localhost", served.port())) {
      declared
          .getOutputStream()
          .write(
              """
              POST /api/v1/serviceS HTTP/1.1\r
              Host: localhost\r
              Content-Length: 1000000000\r
              \r
              """
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(firstLine(declared)).startsWith("HTTP/1.1 413");
    }
    HttpResponse<String> streamed =
        served.send(
            HttpRequest.newBuilder(served.address("serviceS"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(HeadEndServeTest::endless)));
    assertThat(streamed.statusCode()).isEqualTo(413);
    assertThat(said(served.post("serviceS", signed(ESME, CommandVariant.COMMAND, READ, now()))))
        .isEqualTo("I99");
  }

  /** More than the largest message, then nothing. */
  private static InputStream endless() {
    return new InputStream() {
      private long left = Duis.OCTETS_MAX + 100_000L;

      @Override
      public int read() {
        return left-- > 0 ? 'x' : -1;
      }

      @Override
      public int read(byte[] into, int from, int length) {
        if (left <= 0) {
          return -1;
        }
        left -= length;
        java.util.Arrays.fill(into, from, from + length, (byte) 'x');
        return length;
      }
    };
  }

  private static String firstLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = socket.getInputStream().read();
    while (next != '\r' && next >= 0) {
      line.append((char) next);
      next = socket.getInputStream().read();
    }
    return line.toString();
  }

  @Test
  void otherPathsAndMethodsAreToldWhatIsAllowed() throws IOException {
    assertThat(served.post("serviceX", octets("")).statusCode()).isEqualTo(404);
    HttpResponse<String> got =
        served.send(HttpRequest.newBuilder(served.address("serviceS")).GET());
    assertThat(got.statusCode()).isEqualTo(405);
    assertThat(got.headers().firstValue("allow")).contains("POST");
  }

  @Test
  void theReceiveServiceTakesNothingThatTheDccDidNotSign() throws IOException {
    int answers = served.answers().size();
    int port = Integer.parseInt(served.receive.await("the DCC at port (\\d+)"));
    for (String body :
        List.of(
            "",
            "<a/>",
            text(signed(ESME, CommandVariant.COMMAND, READ, now())),
            // What is said at once to a request has no signature.
            text(Duis.write(response())))) {
      HttpResponse<String> said =
          served.send(
              HttpRequest.newBuilder(java.net.URI.create("http://localhost:" + port + "/"))
                  .POST(HttpRequest.BodyPublishers.ofString(body)));
      assertThat(said.statusCode()).as(said.body()).isEqualTo(400);
    }
    assertThat(served.answers()).hasSize(answers);
  }
}
