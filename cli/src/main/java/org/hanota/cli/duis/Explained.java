// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.duis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hanota.cli.Printable;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ServiceRequest;

/**
 * A message as a list of names and values, the same for people and for machines.
 *
 * @param file whence it comes
 * @param fields in the order of the message
 */
record Explained(String file, Map<String, String> fields) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NAME_WIDTH = 18;

  static Explained of(String file, DuisMessage message) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (message instanceof Request request) {
      add(request, fields);
    } else if (message instanceof Response response) {
      add(response, fields);
    }
    fields.put("schemaVersion", message.schemaVersion());
    return new Explained(file, fields);
  }

  private static void add(Request request, Map<String, String> fields) {
    ServiceRequest body = request.body();
    fields.put("message", "request");
    fields.put("requestId", request.id().toString());
    fields.put("commandVariant", Integer.toString(request.commandVariant().number()));
    fields.put("serviceReference", request.service().variant());
    fields.put("sendTo", request.commandVariant().service().path());
    fields.put(
        "content",
        body instanceof ServiceRequest.OtherRequest other
            ? other.name() + ", which is not served here"
            : body.toString());
  }

  private static void add(Response response, Map<String, String> fields) {
    fields.put("message", response.isAcknowledgement() ? "acknowledgement" : "response");
    response.requestId().ifPresent(id -> fields.put("requestId", id.toString()));
    response.responseId().ifPresent(id -> fields.put("responseId", id.toString()));
    fields.put("responseCode", response.code().text());
    fields.put("responseDateTime", response.responseDateTime().toString());
    if (response.body() instanceof ResponseBody.ResponseMessage message) {
      fields.put("serviceReference", message.service().variant());
      message.content().ifPresent(content -> fields.put("content", content.toString()));
    } else if (response.body() instanceof ResponseBody.DccAlertMessage alert) {
      fields.put("message", "alert of the DCC");
      fields.put("alertCode", alert.code());
      fields.put(
          "content",
          alert.alert() instanceof DccAlert.OtherAlert other
              ? other.name() + ", which is not explained here"
              : alert.alert().toString());
    } else if (response.body() instanceof ResponseBody.DeviceAlertMessage alert) {
      fields.put("message", "alert of a device");
      fields.put("alertCode", alert.alertCode().toHex().toUpperCase(Locale.ROOT));
      fields.put("content", alert.gbcsPayload().toHex());
    } else {
      fields.put("content", response.body().toString());
    }
  }

  /** For people, line by line: what is printed as one line stays one. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(file + ":");
    fields.forEach(
        (name, value) ->
            lines.add(
                "  " + name + " ".repeat(NAME_WIDTH - name.length()) + Printable.line(value)));
    return lines;
  }

  /** For machines. */
  ObjectNode json() {
    ObjectNode object = JSON.createObjectNode();
    object.put("file", file);
    fields.forEach(object::put);
    return object;
  }
}
