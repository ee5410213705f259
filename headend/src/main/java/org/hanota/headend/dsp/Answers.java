// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Device.Responsible;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseBody.DccAlertMessage;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseBody.Throttled;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceReference;

/** What a DSP says to users. [DUIS schema] */
final class Answers {
  private final DspParts parts;

  Answers(DspParts parts) {
    this.parts = parts;
  }

  /** The answer at once: whether the request was taken. It is not sent by letter. */
  Response acknowledgement(Request request, ResponseCode code, DspCall call) {
    return new Response(
        DuisMessage.SCHEMA_VERSION,
        Optional.of(request.id()),
        Optional.empty(),
        code,
        call.instant(),
        new ResponseMessage(request.service(), Optional.empty()));
  }

  /** The answer to a request, later. An answer by the DSP itself has no ResponseID. */
  void respond(
      MessageId request,
      ServiceReference service,
      ResponseCode code,
      Optional<ResponseContent> content,
      boolean isOfDevice,
      DspCall call) {
    Response response =
        new Response(
            DuisMessage.SCHEMA_VERSION,
            Optional.of(request),
            isOfDevice ? Optional.of(request.answer()) : Optional.empty(),
            code,
            call.instant(),
            new ResponseMessage(service, content));
    parts.post(request.originator(), new Content.Answer(response), call);
  }

  /** What a device says without being asked. */
  void alert(Eui64 user, Eui64 device, long counter, ResponseBody body, DspCall call) {
    send(user, new MessageId(device, user, counter), body, call);
  }

  /** What the DCC says without being asked; its number is that of the letter. */
  void alert(Eui64 user, DccAlert alert, DspCall call) {
    send(
        user,
        new MessageId(parts.config().self(), user, parts.outbox().nextNumber()),
        new DccAlertMessage(AlertKind.of(alert).code(), Throttled.NOTHING, alert),
        call);
  }

  private void send(Eui64 user, MessageId id, ResponseBody body, DspCall call) {
    Response response =
        new Response(
            DuisMessage.SCHEMA_VERSION,
            Optional.empty(),
            Optional.of(id),
            ResponseCode.SUCCESS,
            call.instant(),
            body);
    parts.post(user, new Content.Answer(response), call);
  }

  /** The same to each user who answers for {@code device}. */
  void alertAll(Device device, DccAlert alert, DspCall call) {
    users(device).forEach(user -> alert(user, alert, call));
  }

  /** Who answers for a device, each once. */
  static List<Eui64> users(Device device) {
    return device.responsible().stream().map(Responsible::user).distinct().toList();
  }
}
