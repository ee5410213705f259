// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.Message;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.DeviceAlertMessage;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;

/**
 * A supplier who makes and signs his messages by commands, puts them with curl, and reads what
 * comes to his receive service.
 */
final class CurlSupplier {
  private static final int RECEIPT = 0x8F72;

  private final HomeFolder files;
  private final List<Integer> ports;
  private final Supplier<String> others;
  // What is received once does not change.
  private final Map<Path, Response> read = new TreeMap<>();
  private int made;
  private int turn;
  private String curlSaid = "";

  /**
   * Has asked for nothing yet.
   *
   * @param ports where the processes of a DCC take requests: one of them acts
   * @param others what to tell of them where the supplier waits in vain
   */
  CurlSupplier(HomeFolder files, List<Integer> ports, Supplier<String> others) {
    this.files = files;
    this.ports = ports;
    this.others = others;
  }

  private <T> T await(String what, Patience.Look<T> look) {
    return Patience.await(what, look, () -> "curl: " + curlSaid + "\n" + others.get());
  }

  private Path next() {
    return Path.of(files.path("request-" + ++made + ".xml"));
  }

  /** A request as the supplier's system makes it. */
  Path request(String service, String image, List<Eui64> devices, String... more) {
    Path file = next();
    List<String> all = new ArrayList<>(List.of("duis", "request", "--service", service, "--image"));
    all.addAll(List.of(files.path(image + ".ota")));
    all.addAll(List.of("--xml-keys", files.path("gbcs/supplier-xml")));
    devices.forEach(device -> all.addAll(List.of("--device", device.toString())));
    all.addAll(List.of("-o", file.toString()));
    HomeFolder.run(HomeFolder.with(all, List.of(more)));
    return file;
  }

  /** Signs the pre-command that answered a request. */
  Path sign(Path request, Path answer) {
    Path file = next();
    HomeFolder.run(
        List.of(
            "duis",
            "sign",
            request.toString(),
            answer.toString(),
            "--keystore",
            files.path("gbcs/supplier"),
            "--xml-keys",
            files.path("gbcs/supplier-xml"),
            "-o",
            file.toString()));
    return file;
  }

  static MessageId id(Path request) {
    return ((Request) Duis.read(octets(request))).id();
  }

  private static Octets octets(Path file) {
    try {
      return Octets.wrap(Files.readAllBytes(file));
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  /** Puts it, again and again while nobody acts; the DCC has it then. */
  void put(String service, Path file) {
    Response said = await("the DCC takes " + file, () -> curl(service, file));
    if (said.code().isError()) {
      throw new AssertionError(file + ": " + said);
    }
  }

  /** Begins to put it, and does not wait: whoever wants to know puts it again. */
  Process beginPut(String service, Path file) {
    return start(service, file, Path.of(files.path("unheard.xml")));
  }

  private Process start(String service, Path file, Path out) {
    int port = ports.get(turn % ports.size());
    try {
      return new ProcessBuilder(
              "curl",
              "-sS",
              "--fail",
              "--max-time",
              "20",
              "--cacert",
              files.path("pki/ca.pem"),
              "--cert",
              files.path("pki/supplier.pem"),
              "--key",
              files.path("pki/supplier.key"),
              "--data-binary",
              "@" + file,
              "-o",
              out.toString(),
              "https://localhost:" + port + "/api/v1/" + service)
          .redirectErrorStream(true)
          .start();
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  private Optional<Response> curl(String service, Path file) {
    Path out = Path.of(files.path("said.xml"));
    try {
      Process curl = start(service, file, out);
      curlSaid = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (curl.waitFor() == 0) {
        return Optional.of((Response) Duis.read(octets(out)));
      }
    } catch (IOException | InterruptedException fault) {
      throw new AssertionError(fault);
    }
    // The one that does not act says so; the next one may.
    turn++;
    return Optional.empty();
  }

  /** Every answer and alert that came to the supplier's receive service. */
  Map<Path, Response> received() {
    Path received = Path.of(files.path("received"));
    if (Files.exists(received)) {
      try (Stream<Path> found = Files.list(received)) {
        found
            .filter(file -> file.toString().endsWith(".xml"))
            .forEach(
                file -> read.computeIfAbsent(file, each -> (Response) Duis.read(octets(each))));
      } catch (IOException fault) {
        throw new AssertionError(fault);
      }
    }
    return new LinkedHashMap<>(read);
  }

  /** How many such answers or alerts came. */
  long count(Predicate<Response> wanted) {
    return received().values().stream().filter(wanted).count();
  }

  /** Waits for an answer or alert; its file. */
  Path awaitReceived(String what, Predicate<Response> wanted) {
    return await(
        what,
        () ->
            received().entrySet().stream()
                .filter(each -> wanted.test(each.getValue()))
                .map(Map.Entry::getKey)
                .findFirst());
  }

  private static boolean answers(Response response, MessageId request) {
    return response.requestId().equals(Optional.of(request));
  }

  private static Optional<ResponseContent> content(Response response) {
    return response.body() instanceof ResponseMessage message
        ? message.content()
        : Optional.empty();
  }

  private static boolean has(Response response, Class<? extends ResponseContent> kind) {
    return content(response).filter(kind::isInstance).isPresent();
  }

  /** The device found its image good. */
  static Predicate<Response> receipt(Eui64 device) {
    return response ->
        response.body() instanceof DeviceAlertMessage alert
            && alert.alertCode().uint16be(0) == RECEIPT
            && Message.parse(alert.gbcsPayload()).header().originator().equals(device);
  }

  static Predicate<Response> preCommand(MessageId request) {
    return response ->
        answers(response, request) && has(response, ResponseContent.PreCommand.class);
  }

  /** The device's own answer to a command. */
  static Predicate<Response> done(MessageId request) {
    return response ->
        answers(response, request)
            && response.code().equals(ResponseCode.SUCCESS)
            && has(response, ResponseContent.GbcsPayload.class);
  }

  /** What became of a dated command. */
  static Predicate<Response> outcome() {
    return response -> has(response, ResponseContent.FutureDatedDeviceAlertMessage.class);
  }

  /** Asks for the pre-command of an activation; its file. */
  Path askActivation(Eui64 meter, String... when) {
    Path request = request("11.3", "meter", List.of(meter), when);
    put("serviceT", request);
    return request;
  }

  /** Waits for the pre-command that answers a request, and signs it; the signed one's file. */
  Path signed(Path request) {
    MessageId id = id(request);
    return sign(request, awaitReceived("the pre-command of " + id, preCommand(id)));
  }

  /** Asks for an activation and signs its pre-command; which request that is. */
  MessageId activate(Eui64 meter, String... when) {
    Path request = askActivation(meter, when);
    put("serviceS", signed(request));
    return id(request);
  }
}
