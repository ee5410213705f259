// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.machine.Now;
import org.hanota.api.node.TimeSource;
import org.hanota.cli.hub.PageParts;
import org.hanota.cli.view.Charts;
import org.hanota.headend.campaign.CampaignMachine;
import org.hanota.headend.campaign.CampaignStatus;

/**
 * The head end's page, its status as JSON, and the words that steer campaigns. Whoever may do all
 * that has the operator's role; nothing else is asked for. What is for users is passed on.
 */
final class HeadEndPage extends Handler.Abstract {
  private static final Map<String, String> FILES =
      Map.of(
          "/", "headend/index.html",
          "/page.js", "headend/page.js",
          "/charts.js", "headend/charts.js",
          "/uplot.js", Charts.LIBRARY,
          "/uplot.css", Charts.LIBRARY_STYLE,
          "/table.js", "view/table.js",
          "/page.css", "hub/page.css",
          "/icon.svg", "hub/icon.svg");

  private static final Set<String> DATA = Set.of("/status.json", "/devices.json", "/charts.json");
  private static final String WORDS = "/campaigns/";
  private static final int DEVICES = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CampaignDesk desk;
  private final CampaignWords words;
  private final TimeSource time;
  private final Bodies bodies;
  private final Told told;

  HeadEndPage(CampaignDesk desk, TimeSource time, Bodies bodies, Told told) {
    this.told = told;
    this.desk = desk;
    this.bodies = bodies;
    this.words = new CampaignWords(desk, time);
    this.time = time;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String path = Request.getPathInContext(request);
    boolean isWord = path.startsWith(WORDS);
    boolean isData = DATA.contains(path);
    if (!isWord && !isData && !FILES.containsKey(path)) {
      return false;
    }
    PageParts.protect(response);
    Optional<String> operator = Operator.of(request);
    if (!Operator.isEncrypted(request) && !PageParts.isThisHost(request)) {
      PageParts.text(response, callback, HttpStatus.MISDIRECTED_REQUEST_421, "not this host");
    } else if (operator.isEmpty()) {
      PageParts.text(
          response,
          callback,
          HttpStatus.FORBIDDEN_403,
          "allowed for operators: " + desk.supplier());
    } else if (isWord) {
      word(path.substring(WORDS.length()), operator.get(), request, response, callback);
    } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      PageParts.text(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "only GET, HEAD");
    } else if (isData) {
      data(path, request, response, callback);
    } else {
      PageParts.file(response, callback, FILES.getOrDefault(path, ""));
    }
    return true;
  }

  private void data(String path, Request request, Response response, Callback callback) {
    Now now = time.now();
    answer(
        response,
        callback,
        () ->
            switch (path) {
              case "/status.json" -> desk.look(machine -> CampaignJson.status(desk, machine, now));
              case "/charts.json" -> {
                String campaign = campaign(Request.extractQueryParameters(request));
                yield desk.look(machine -> ChartsJson.of(machine, campaign, now));
              }
              default -> devices(Request.extractQueryParameters(request));
            });
  }

  private static String campaign(Fields query) {
    return Optional.ofNullable(query.getValue("campaign")).orElse("");
  }

  /** Devices of a campaign, in the order of their groups, from a place on. */
  private ObjectNode devices(Fields query) {
    String campaign = campaign(query);
    String state = Optional.ofNullable(query.getValue("state")).orElse("");
    int from = number(Optional.ofNullable(query.getValue("from")).orElse("0"));
    return desk.look(machine -> devices(machine.campaigns(), campaign, state, from));
  }

  private static int number(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("from is \"" + text + "\", allowed a number from 0 on");
    }
    return Integer.parseInt(text);
  }

  private static ObjectNode devices(
      CampaignMachine machine, String campaign, String state, int from) {
    List<CampaignStatus.DeviceStatus> chosen =
        machine.devices(campaign).stream()
            .filter(each -> state.isEmpty() || CampaignText.word(each.state()).equals(state))
            .toList();
    ObjectNode out = CampaignJson.object();
    out.put("campaign", campaign);
    out.put("of", chosen.size());
    out.put("from", from);
    ArrayNode devices = out.putArray("devices");
    chosen.stream()
        .skip(from)
        .limit(DEVICES)
        .forEach(each -> devices.add(CampaignJson.device(each)));
    return out;
  }

  /** A page of another site cannot send JSON here: a browser asks first, and gets no leave. */
  private void word(
      String name, String operator, Request request, Response response, Callback callback) {
    String type = String.valueOf(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    if (request.getMethod().equals("POST") && !type.startsWith("application/json")) {
      PageParts.text(
          response, callback, HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "allowed application/json");
      return;
    }
    bodies.read(
        request,
        response,
        callback,
        body -> answer(response, callback, () -> words.say(name, operator, object(body))));
  }

  private static JsonNode object(Octets body) {
    try {
      JsonNode read = JSON.readTree(body.toByteArray());
      if (read != null && read.isObject()) {
        return read;
      }
    } catch (JsonProcessingException fault) {
      throw new IllegalArgumentException("body: " + fault.getOriginalMessage(), fault);
    } catch (IOException impossible) {
      throw new AssertionError("octets in memory", impossible);
    }
    throw new IllegalArgumentException("body is no JSON object");
  }

  private interface Answer {
    ObjectNode get();
  }

  private void answer(Response response, Callback callback, Answer answer) {
    try {
      json(response, callback, HttpStatus.OK_200, answer.get());
    } catch (CampaignDesk.StandsBy waits) {
      error(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, waits);
    } catch (IllegalArgumentException | FormatException | ArithmeticException wrong) {
      error(response, callback, HttpStatus.BAD_REQUEST_400, wrong);
    } catch (RuntimeException fault) {
      told.line("fault of the page: " + fault);
      error(response, callback, HttpStatus.INTERNAL_SERVER_ERROR_500, fault);
    }
  }

  private static void error(
      Response response, Callback callback, int status, RuntimeException why) {
    json(
        response,
        callback,
        status,
        CampaignJson.object().put("error", String.valueOf(why.getMessage())));
  }

  private static void json(Response response, Callback callback, int status, ObjectNode body) {
    PageParts.send(
        response,
        callback,
        status,
        "application/json",
        body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
