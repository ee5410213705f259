// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.gbcs.Envelope;
import org.hanota.headend.estate.Device;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.HanRequest.ReturnLocalCommandResponse;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.ResponseCode;

/**
 * 8.13: a user brings a device's answer that did not come over the WAN. The request that led to it
 * is answered, and what the device signed counts as if its hub had handed it over. [DUIS schema]
 */
final class LocalResponses {
  private static final ResponseCode NOT_BELIEVED = new ResponseCode("E100");

  private final DspParts parts;
  private final Answers answers;
  private final Reports reports;

  LocalResponses(DspParts parts, Answers answers, Reports reports) {
    this.parts = parts;
    this.answers = answers;
    this.reports = reports;
  }

  /** Acts on a request that was accepted. */
  void take(Request request, ReturnLocalCommandResponse returned, DspCall call) {
    Optional<String> wrong = wrong(request, returned, call);
    wrong.ifPresent(
        why ->
            parts.audit(request.id().originator(), request.id() + " not believed: " + why, call));
    answers.respond(
        request.id(),
        request.service(),
        wrong.isPresent() ? NOT_BELIEVED : ResponseCode.SUCCESS,
        Optional.empty(),
        false,
        call);
  }

  private Optional<String> wrong(
      Request request, ReturnLocalCommandResponse returned, DspCall call) {
    Envelope envelope;
    try {
      envelope = Envelope.parse(returned.deviceGbcsResponse());
    } catch (FormatException fault) {
      return Optional.of(String.valueOf(fault.getMessage()));
    }
    Optional<Device> device = parts.estate().device(envelope.originator());
    if (device.filter(found -> found.isOf(request.id().originator())).isEmpty()) {
      return Optional.of(envelope.originator() + " is no device of this user");
    }
    Optional<MessageId> other =
        returned.originalRequestId().filter(id -> !id.equals(Outcomes.request(envelope)));
    if (other.isPresent()) {
      return Optional.of("found a response to " + Outcomes.request(envelope) + ", allowed to it");
    }
    return reports.brought(
        new Content.FromHub(device.get().hub(), returned.deviceGbcsResponse()), call);
  }
}
