// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.gbcs.Envelope;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.Verification;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.DeviceLogAlert;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.PpmidFirmwareActivationAlert;
import org.hanota.headend.estate.Device;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseBody.Throttled;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ResponseContent.FutureDatedDeviceAlertMessage;
import org.hanota.headend.request.ResponseContent.FutureDatedResult;
import org.hanota.headend.request.ServiceReference;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;

/**
 * What hubs and devices say: checked, taken once, handed to whom it is for, and drawn conclusions
 * from by {@link Outcomes}.
 */
final class Reports {
  /** What is kept of it. */
  static final RecordKinds KINDS = RecordKinds.none().and("heard", Heard.class);

  private static final int ALERT_CODE_LENGTH = 2;

  /** DUIS has its own place for the outcome of a dated command, which is of service 11.3. */
  private static final ServiceReference ACTIVATION = new ServiceReference("11.3");

  private final DspParts parts;
  private final Answers answers;
  private final Outcomes outcomes;
  private final HomeOutcomes home;
  private final Map<Eui64, Heard> heard = new TreeMap<>();

  Reports(DspParts parts, Answers answers, Outcomes outcomes, HomeOutcomes home) {
    this.parts = parts;
    this.answers = answers;
    this.outcomes = outcomes;
    this.home = home;
  }

  /** Takes a record that was kept, if it is one of these. */
  boolean load(Stored record) {
    if (record instanceof Heard kept) {
      heard.put(kept.device(), kept);
      return true;
    }
    return false;
  }

  /**
   * A message came from a hub.
   *
   * @return why nothing follows from it; empty where something does, or did before
   */
  Optional<String> take(Content.FromHub from, DspCall call) {
    return take(from, true, call);
  }

  /**
   * A user brought a message. What its device did not sign, and no MAC for the DCC protects,
   * answers its request, and nothing else follows from it: only that user vouches for it. [hanota
   * H153]
   *
   * @return why nothing follows from it
   */
  Optional<String> brought(Content.FromHub message, DspCall call) {
    return take(message, false, call);
  }

  private Optional<String> take(Content.FromHub from, boolean overWan, DspCall call) {
    Envelope envelope;
    try {
      envelope = Envelope.parse(from.message());
    } catch (FormatException fault) {
      parts.audit(from.hub(), "sent no message: " + fault.getMessage(), call);
      return Optional.of(String.valueOf(fault.getMessage()));
    }
    Optional<Device> device = parts.estate().device(envelope.originator());
    KeysAt keys = new KeysAt(parts.config().keys(), call.utcMillis());
    Verification verification = Verification.of(envelope, keys, parts.config().self());
    Optional<String> wrong = wrong(envelope, device, from.hub(), keys, verification);
    if (wrong.isPresent()) {
      parts.audit(from.hub(), "message ignored: " + wrong.get(), call);
      return wrong;
    }
    if (!overWan
        && verification.signature() != Verification.Check.VERIFIED
        && verification.mac() != Verification.Check.VERIFIED) {
      parts.audit(
          from.hub(), "message of " + device.get().id() + " moves nothing: not signed", call);
      if (envelope.kind() == Message.Kind.RESPONSE) {
        respond(Outcomes.request(envelope), from.message(), call);
      }
      return Optional.empty();
    }
    String name = envelope.craFlag() + " " + Long.toUnsignedString(envelope.originatorCounter());
    Heard before =
        heard.getOrDefault(envelope.originator(), new Heard(envelope.originator(), List.of()));
    if (before.has(name)) {
      return Optional.empty();
    }
    Heard now = before.with(name);
    heard.put(now.device(), now);
    parts.put(now);
    act(envelope, device.orElseThrow(), from, call);
    return Optional.empty();
  }

  /** Why a message is not acted on: only what a device of that home signed is. */
  private Optional<String> wrong(
      Envelope envelope,
      Optional<Device> device,
      Eui64 hub,
      KeysAt keys,
      Verification verification) {
    if (device.isEmpty()) {
      return Optional.of("no device " + envelope.originator() + " is known");
    }
    if (!device.get().hub().equals(hub)) {
      return Optional.of(envelope.originator() + " is at home at " + device.get().hub());
    }
    if (verification.signature() == Verification.Check.FAILED
        || verification.signature() == Verification.Check.KEY_MISSING
        || verification.mac() == Verification.Check.FAILED) {
      return Optional.of(
          "of " + envelope.originator() + ", " + verification + keys.fault(envelope.originator()));
    }
    // A MAC for the supplier only he can check; the hub's connection vouches for it until then.
    boolean isUnsigned = verification.signature() == Verification.Check.ABSENT;
    boolean isForUs = envelope.recipient().equals(parts.config().self());
    return isUnsigned && isForUs && verification.mac() != Verification.Check.VERIFIED
        ? Optional.of("of " + envelope.originator() + ", " + verification)
        : Optional.empty();
  }

  private void act(Envelope envelope, Device device, Content.FromHub from, DspCall call) {
    Optional<Payload> payload = payload(from.message());
    MessageId request = Outcomes.request(envelope);
    switch (envelope.kind()) {
      case RESPONSE -> {
        payload.ifPresent(found -> outcomes.response(request, device, found, call));
        payload.ifPresent(found -> home.response(request, device, found, call));
        respond(request, from.message(), call);
      }
      case ALERT -> alert(envelope, device, payload, from.message(), call);
      case COMMAND, PRE_COMMAND ->
          parts.audit(from.hub(), "message ignored: a command of " + device.id(), call);
    }
  }

  /** What the message says; empty if it is of a use case that is not known here. */
  private static Optional<Payload> payload(Octets message) {
    try {
      return Optional.of(Message.parse(message).payload());
    } catch (FormatException unknown) {
      return Optional.empty();
    }
  }

  private void respond(MessageId request, Octets message, DspCall call) {
    Optional<Asked> asked = parts.asked(request);
    if (asked.isEmpty()) {
      parts.audit(request.target(), "answers " + request + ", which nobody asked", call);
      return;
    }
    if (!mayHear(request.originator(), request.target())) {
      parts.audit(request.target(), "answers " + request + " of a former user", call);
      return;
    }
    if (asked.get().waiting().isPresent()) {
      parts.put(asked.get().waitsForNothing());
    }
    answers.respond(
        request,
        asked.get().request().service(),
        ResponseCode.SUCCESS,
        Optional.of(new ResponseContent.GbcsPayload(message)),
        true,
        call);
  }

  private boolean mayHear(Eui64 user, Eui64 device) {
    return parts.estate().device(device).filter(found -> found.isOf(user)).isPresent();
  }

  private void alert(
      Envelope envelope, Device device, Optional<Payload> payload, Octets message, DspCall call) {
    if (payload.isPresent() && payload.get() instanceof FirmwareTransferAlert transfer) {
      outcomes.transfer(device, transfer, call);
    } else if (payload.isPresent()
        && payload.get() instanceof PpmidFirmwareActivationAlert activation) {
      outcomes.ppmid(device, activation, call);
    } else if (payload.isPresent() && payload.get() instanceof ActivateFirmware.Alert activation) {
      MessageId request =
          new MessageId(envelope.recipient(), device.id(), activation.originatorCounter());
      outcomes.activated(request, device, activation.executionOutcome(), call);
      futureDated(request, activation, message, call);
    } else if (payload.isPresent() && payload.get() instanceof DeviceLogAlert log) {
      home.alert(device, log, call);
    } else {
      if (payload.isPresent()
          && payload.get() instanceof FirmwareDistributionReceiptAlert receipt) {
        outcomes.receipt(device, receipt, call);
      }
      forward(envelope, payload, message, call);
    }
  }

  private void futureDated(
      MessageId request, ActivateFirmware.Alert alert, Octets message, DspCall call) {
    if (!mayHear(request.originator(), request.target())) {
      parts.audit(request.target(), "alert about " + request + " of a former user", call);
      return;
    }
    FutureDatedResult result =
        alert.executionOutcome().activateImageResponseCode()
                == ActivateFirmware.ActivateImageResponseCode.SUCCESS
            ? FutureDatedResult.SUCCESS
            : FutureDatedResult.FAILURE;
    answers.respond(
        request,
        ACTIVATION,
        ResponseCode.SUCCESS,
        Optional.of(new FutureDatedDeviceAlertMessage(result, message, 1, 1)),
        true,
        call);
  }

  /** An alert goes to the user whom it names; one of an unknown use case with its number. */
  private void forward(Envelope envelope, Optional<Payload> payload, Octets message, DspCall call) {
    if (!mayHear(envelope.recipient(), envelope.originator())) {
      parts.audit(
          envelope.originator(), "alert for " + envelope.recipient() + " not handed on", call);
      return;
    }
    int code =
        payload.isPresent() && payload.get() instanceof FirmwareDistributionReceiptAlert receipt
            ? receipt.alertCode().code()
            : envelope.messageCode();
    Octets alertCode = new OctetWriter(ALERT_CODE_LENGTH).uint16be(code).toOctets();
    answers.alert(
        envelope.recipient(),
        envelope.originator(),
        envelope.originatorCounter(),
        new ResponseBody.DeviceAlertMessage(alertCode, Throttled.NOTHING, message),
        call);
  }
}
