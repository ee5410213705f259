// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Printable;
import org.hanota.cli.headend.TlsFiles;
import org.hanota.transport.grpc.Security;

/** A head end that runs, as its operators reach it. */
final class RemoteHeadEnd {
  /** Longer than the head end takes for an answer itself. */
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final URI address;
  private final HttpClient client;

  /** It is not there, or does not act now; another try may help. */
  static final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreachable(String line) {
      super(line);
    }
  }

  private RemoteHeadEnd(String name, URI address, HttpClient client) {
    this.name = name;
    this.address = address;
    this.client = client;
  }

  static RemoteHeadEnd at(InetSocketAddress at, Security security) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(WITHIN);
    boolean isPlain = !(security instanceof Security.MutualTls);
    if (security instanceof Security.MutualTls files) {
      builder.sslContext(TlsFiles.client(files));
    } else if (security instanceof Security.Insecure insecure
        && !insecure.beyondLoopback()
        && !at.getAddress().isLoopbackAddress()) {
      throw new CommandFailed(
          at.getHostString()
              + " is beyond this machine, allowed without TLS are loopback addresses;"
              + " use certificates, or --insecure-network");
    }
    String host =
        at.getHostString().contains(":") ? "[" + at.getHostString() + "]" : at.getHostString();
    String name = host + ":" + at.getPort();
    return new RemoteHeadEnd(
        name, URI.create((isPlain ? "http" : "https") + "://" + name + "/"), builder.build());
  }

  /** Asks for something. */
  JsonNode get(String what) {
    return ask(HttpRequest.newBuilder(address.resolve(what)).GET());
  }

  /** Says a word. */
  JsonNode say(String word, ObjectNode body) {
    return ask(
        HttpRequest.newBuilder(address.resolve("campaigns/" + word))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private JsonNode ask(HttpRequest.Builder request) {
    HttpResponse<String> response;
    try {
      response = client.send(request.timeout(WITHIN).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException fault) {
      throw new Unreachable("head end " + name + " cannot be reached: " + reason(fault));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Unreachable("stopped");
    }
    JsonNode body = body(response.body());
    String why = body.path("error").asText(response.body().strip());
    if (response.statusCode() == 200) {
      return body;
    } else if (response.statusCode() == 404) {
      throw new CommandFailed(
          "head end " + name + " has no campaigns: start it with headend serve --supplier");
    } else if (response.statusCode() == 503) {
      throw new Unreachable(Printable.line("head end " + name + ": " + why));
    }
    throw new CommandFailed(Printable.line("head end " + name + ": " + why));
  }

  private static String reason(IOException fault) {
    String said = fault.getMessage();
    return said == null ? "no connection" : Printable.line(said);
  }

  private static JsonNode body(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException plain) {
      return JSON.createObjectNode();
    }
  }
}
