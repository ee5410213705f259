// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.time.Instant;
import java.util.Optional;
import javax.xml.XMLConstants;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.IllegalField;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseBody.DccAlertMessage;
import org.hanota.headend.request.ResponseBody.DeviceAlertMessage;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseBody.Throttled;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceReference;
import org.hanota.headend.request.ServiceRequest;

/** Messages between users and the DCC as octets. [DUIS schema] */
public final class Duis {
  /** Largest message. */
  public static final int OCTETS_MAX = XmlReader.OCTETS_MAX;

  private static final String REQUEST = "Request";
  private static final String RESPONSE = "Response";

  private Duis() {}

  /**
   * Reads a message. Its signature, if it has one, is passed over: nobody vouches for what this
   * returns.
   *
   * @throws FormatException if {@code octets} are no message of DUIS
   */
  public static DuisMessage read(Octets octets) {
    return message(XmlReader.read(octets));
  }

  /** {@code message} without a signature, in the form that is digested for one. */
  public static Octets write(DuisMessage message) {
    return message instanceof Request request ? write(request) : write((Response) message);
  }

  private static DuisMessage message(Element root) {
    if (!root.is(REQUEST) && !root.is(RESPONSE)) {
      throw new FormatException(
          "message",
          root.offset(),
          root.name() + " of " + Fields.quoted(root.namespace()),
          "Request or Response of " + Element.DUIS);
    }
    String schemaVersion = schemaVersion(root);
    Fields in = new Fields(root);
    DuisMessage message =
        Form.built(
            root,
            () ->
                root.is(REQUEST)
                    ? readRequest(schemaVersion, in)
                    : readResponse(schemaVersion, in));
    if (in.nextName().isPresent()) {
      Element signature = in.any(Element.SIGNATURE, "Signature");
      if (!signature.name().equals("Signature")) {
        throw new FormatException(
            root.name(), signature.offset(), signature.name(), "Signature, or nothing more");
      }
    }
    in.end();
    return message;
  }

  private static String schemaVersion(Element root) {
    Optional<String> version = Optional.empty();
    for (Element.Attribute each : root.attributes()) {
      if (each.namespace().isEmpty() && each.name().equals("schemaVersion")) {
        version = Optional.of(each.value().strip());
      } else if (!each.namespace().equals(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI)) {
        throw new FormatException(
            root.name(), root.offset(), "the attribute " + each.name(), "schemaVersion");
      }
    }
    return version
        .filter(text -> text.matches("[0-9]{1,2}(\\.[0-9]{1,2})?"))
        .orElseThrow(
            () ->
                new FormatException(
                    root.name() + "/schemaVersion",
                    root.offset(),
                    "none that is a number",
                    "a version, as in " + DuisMessage.SCHEMA_VERSION));
  }

  private static Request readRequest(String schemaVersion, Fields in) {
    Fields header = in.group("Header");
    MessageId id = header.value("RequestID", text -> MessageId.parse(text.strip()));
    CommandVariant variant =
        header.value("CommandVariant", text -> CommandVariant.of(small(Fields.numberOf(text))));
    ServiceReference service = readService(header);
    header.end();
    Fields body = in.group("Body");
    Element element = body.any(Element.DUIS, "the body of a request");
    body.end();
    return new Request(schemaVersion, id, variant, service, readBody(element));
  }

  private static int small(long number) {
    return (int) Math.min(number, Integer.MAX_VALUE);
  }

  private static ServiceRequest readBody(Element element) {
    return Form.of(RequestForms.ALL, element)
        .<ServiceRequest>map(form -> form.read(element))
        .orElseGet(
            () -> new ServiceRequest.OtherRequest(element.name(), XmlWriter.document(element)));
  }

  private static ServiceReference readService(Fields in) {
    String reference = in.text("ServiceReference");
    return in.value(
        "ServiceReferenceVariant",
        text -> {
          ServiceReference service = new ServiceReference(text);
          if (!service.reference().equals(reference)) {
            throw new IllegalField(
                "ServiceReferenceVariant", text, "one of " + Fields.quoted(reference));
          }
          return service;
        });
  }

  private static Response readResponse(String schemaVersion, Fields in) {
    Fields header = in.group("Header");
    Optional<MessageId> requestId =
        header.optional("RequestID", text -> MessageId.parse(text.strip()));
    Optional<MessageId> responseId =
        header.optional("ResponseID", text -> MessageId.parse(text.strip()));
    ResponseCode code = header.value("ResponseCode", ResponseCode::new);
    Instant time = header.time("ResponseDateTime");
    header.end();
    Fields body = in.group("Body");
    Element element = body.any(Element.DUIS, "the body of a response");
    body.end();
    return new Response(
        schemaVersion, requestId, responseId, code, time, readResponseBody(element));
  }

  private static ResponseBody readResponseBody(Element element) {
    Fields in = new Fields(element);
    if (element.is("ResponseMessage")) {
      ServiceReference service = readService(in);
      Optional<ResponseContent> content =
          in.nextName().isPresent() ? Optional.of(ResponseForms.read(in)) : Optional.empty();
      in.end();
      return new ResponseMessage(service, content);
    }
    if (element.is("DeviceAlertMessage")) {
      DeviceAlertMessage alert =
          new DeviceAlertMessage(in.hex("AlertCode"), readThrottled(in), in.base64("GBCSPayload"));
      in.end();
      return alert;
    }
    if (element.is("DCCAlertMessage")) {
      String code = in.text("DCCAlertCode");
      Throttled throttled = readThrottled(in);
      Fields group = in.group("DCCAlert");
      DccAlert alert = AlertForms.read(group.any(Element.DUIS, "an alert"));
      group.end();
      in.end();
      return new DccAlertMessage(code, throttled, alert);
    }
    return new ResponseBody.OtherBody(element.name(), XmlWriter.document(element));
  }

  private static Throttled readThrottled(Fields in) {
    return new Throttled(
        in.optional("ThrottledAlertSequenceId", Fields::numberOf),
        in.optional("ThrottledAlertCount", Fields::numberOf));
  }

  private static Octets write(Request request) {
    XmlWriter out =
        new XmlWriter()
            .root(REQUEST, request.schemaVersion())
            .start("Header")
            .id("RequestID", request.id())
            .number("CommandVariant", request.commandVariant().number())
            .text("ServiceReference", request.service().reference())
            .text("ServiceReferenceVariant", request.service().variant())
            .end()
            .start("Body");
    if (request.body() instanceof ServiceRequest.OtherRequest other) {
      out.carried(XmlReader.read(other.content()));
    } else {
      Form.of(RequestForms.ALL, request.body()).write(request.body(), out);
    }
    return out.end().end().octets();
  }

  private static Octets write(Response response) {
    XmlWriter out =
        new XmlWriter()
            .root(RESPONSE, response.schemaVersion())
            .start("Header")
            .id("RequestID", response.requestId())
            .id("ResponseID", response.responseId())
            .text("ResponseCode", response.code().text())
            .time("ResponseDateTime", response.responseDateTime())
            .end()
            .start("Body");
    write(response.body(), out);
    return out.end().end().octets();
  }

  private static void write(ResponseBody body, XmlWriter out) {
    if (body instanceof ResponseMessage message) {
      out.start("ResponseMessage")
          .text("ServiceReference", message.service().reference())
          .text("ServiceReferenceVariant", message.service().variant());
      message.content().ifPresent(content -> ResponseForms.write(content, out));
      out.end();
    } else if (body instanceof DeviceAlertMessage alert) {
      out.start("DeviceAlertMessage").hex("AlertCode", alert.alertCode());
      write(alert.throttled(), out);
      out.base64("GBCSPayload", alert.gbcsPayload()).end();
    } else if (body instanceof DccAlertMessage alert) {
      out.start("DCCAlertMessage").text("DCCAlertCode", alert.code());
      write(alert.throttled(), out);
      out.start("DCCAlert");
      AlertForms.write(alert.alert(), out);
      out.end().end();
    } else if (body instanceof ResponseBody.OtherBody other) {
      out.carried(XmlReader.read(other.content()));
    }
  }

  private static void write(Throttled throttled, XmlWriter out) {
    out.number("ThrottledAlertSequenceId", throttled.sequenceId())
        .number("ThrottledAlertCount", throttled.count());
  }
}
