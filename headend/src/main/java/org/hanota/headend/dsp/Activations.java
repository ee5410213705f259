// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.hanota.headend.HeadEndParameter.ANOMALY_WINDOW;
import static org.hanota.headend.HeadEndParameter.DCC_ANOMALY_THRESHOLD;
import static org.hanota.headend.HeadEndParameter.USER_ANOMALY_THRESHOLD;
import static org.hanota.headend.HeadEndParameter.WAN_TIMEOUT;

import java.math.BigInteger;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.Verification;
import org.hanota.headend.check.ActivationChecks.Activating;
import org.hanota.headend.check.Asking;
import org.hanota.headend.check.Check;
import org.hanota.headend.check.Refusal;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DccAlert.Breach;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceRequest.SignedPreCommand;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;
import org.hanota.headend.track.TrackStimulus;

/**
 * 11.3: from the request by its pre-command and the signature to the command on the WAN. The
 * pre-command is of the version of GBCS that the inventory has for its device.
 */
final class Activations {
  private final DspParts parts;
  private final Answers answers;

  Activations(DspParts parts, Answers answers) {
    this.parts = parts;
    this.answers = answers;
  }

  /** Acts on a request that was accepted: gives its pre-command out. */
  void take(Asking asking, ActivateFirmware order, DspCall call) {
    Request request = asking.request();
    Device device = asking.device().orElseThrow();
    Activating about = new Activating(asking, device, order);
    if (refuse(request, about, call)) {
      return;
    }
    Message preCommand = Transform.preCommand(request.id(), order);
    parts.put(parts.asked(request.id()).orElseThrow().preCommand(preCommand.octets()));
    Track.Image image = about.distribution().orElseThrow().image();
    Track unused =
        parts
            .tracks()
            .open(
                request.id(),
                device.id(),
                order.executionDateTime().cancels() ? Track.Kind.CANCEL : Track.Kind.ACTIVATE,
                image,
                about.distribution().map(Track::reason).orElse(ReasonClass.FUNCTION),
                call.utcMillis());
    answers.respond(
        request.id(),
        request.service(),
        ResponseCode.SUCCESS,
        Optional.of(
            new ResponseContent.PreCommand(device.model().gbcsVersion(), preCommand.octets())),
        false,
        call);
    parts.audit(
        request.id().originator(), request.id() + " asks for " + order + ", pre-command out", call);
  }

  private boolean refuse(Request request, Activating about, DspCall call) {
    Optional<Check.Refused<Refusal>> refused =
        Check.first(parts.checks().of(about.order().executionDateTime()), about);
    refused.ifPresent(found -> refuse(request, found, call));
    return refused.isPresent();
  }

  private void refuse(Request request, Check.Refused<Refusal> found, DspCall call) {
    parts.audit(
        request.id().originator(),
        request.id() + " refused, " + found.refusal() + ": " + found.detail(),
        call);
    parts
        .tracks()
        .find(request.id(), request.id().target())
        .ifPresent(track -> fire(track, TrackStimulus.GIVEN_UP, found.refusal().name(), call));
    answers.respond(
        request.id(),
        request.service(),
        found.refusal().code(request.service()),
        Optional.empty(),
        false,
        call);
  }

  /**
   * Whether a signed pre-command is what its user was given, signed by him: said before anything is
   * done.
   */
  Optional<Check.Refused<Refusal>> check(
      Request signed, SignedPreCommand body, long utcMillis) {
    Optional<Octets> given = parts.asked(signed.id()).flatMap(Asked::preCommand);
    Message message;
    try {
      message = Message.parse(body.gbcsPayload());
    } catch (FormatException fault) {
      return refused(Refusal.NO_SUCH_PRE_COMMAND, String.valueOf(fault.getMessage()));
    }
    if (given.isEmpty() || !message.signedOctets().equals(given.get().from(1))) {
      return refused(
          Refusal.NO_SUCH_PRE_COMMAND,
          "found " + message + ", allowed the pre-command that was given out for this request");
    }
    KeysAt keys = new KeysAt(parts.config().keys(), utcMillis);
    Verification.Check signature =
        Verification.of(message, keys, parts.config().self()).signature();
    return signature == Verification.Check.VERIFIED
        ? Optional.empty()
        : refused(Refusal.SIGNATURE, "the signature is " + signature + keys.fault(message.header().originator()));
  }

  private static Optional<Check.Refused<Refusal>> refused(Refusal refusal, String detail) {
    return Optional.of(new Check.Refused<>(refusal, detail));
  }

  /** Acts on a signed pre-command: checks again, counts, and sends the command. */
  void signed(Asking asking, DspCall call) {
    Request signed = asking.request();
    Asked asked = parts.asked(signed.id()).orElseThrow();
    ActivateFirmware order = (ActivateFirmware) asked.request().body();
    Activating about = new Activating(asking, asking.device().orElseThrow(), order);
    if (refuse(signed, about, call)) {
      return;
    }
    Track track = parts.tracks().find(signed.id(), signed.id().target()).orElseThrow();
    Optional<Breach> breach =
        track.kind() == Track.Kind.CANCEL ? Optional.empty() : breach(track, call);
    if (breach.isPresent()) {
      fire(track, TrackStimulus.HELD_BACK, breach.get().word(), call);
      answers.alert(
          track.owner(),
          new DccAlert.QuarantinedRequest(
              breach.get(), signed.id(), BigInteger.valueOf(parts.nextCounter())),
          call);
      return;
    }
    send(asked, track, TrackStimulus.SENT, call);
  }

  /** Whose limit one more command goes beyond. */
  private Optional<Breach> breach(Track next, DspCall call) {
    long since = call.utcMillis() - parts.parameter(ANOMALY_WINDOW);
    if (parts.anomalies().ofUser(next.owner(), since) >= parts.parameter(USER_ANOMALY_THRESHOLD)) {
      return Optional.of(Breach.USER_THRESHOLD);
    }
    return parts.anomalies().ofAll(since) >= parts.parameter(DCC_ANOMALY_THRESHOLD)
        ? Optional.of(Breach.DCC_THRESHOLD)
        : Optional.empty();
  }

  /** Somebody looked at what was held back. It is checked as if it came now. */
  void judged(Asking asking, boolean isReleased, DspCall call) {
    MessageId id = asking.request().id();
    Optional<Asked> asked = parts.asked(id);
    Optional<Track> track = parts.tracks().find(id, id.target());
    if (asked.isEmpty() || track.filter(t -> t.state() == TrackState.QUARANTINED).isEmpty()) {
      parts.audit(parts.config().self(), id + " is not held back: nothing to judge", call);
      return;
    }
    Activating about =
        new Activating(
            asking, asking.device().orElseThrow(), (ActivateFirmware) asked.get().request().body());
    if (!isReleased) {
      refuse(
          asking.request(),
          new Check.Refused<>(Refusal.QUARANTINED, "held back and not released"),
          call);
    } else if (!refuse(asking.request(), about, call)) {
      send(asked.get(), track.get(), TrackStimulus.RELEASED, call);
    }
  }

  private void send(Asked asked, Track track, TrackStimulus how, DspCall call) {
    Eui64 broker = parts.config().self();
    SignedPreCommand body = (SignedPreCommand) asked.signed().orElseThrow().request().body();
    Optional<Message> command =
        Transform.addMac(Message.parse(body.gbcsPayload()), parts.config().keys(), broker);
    if (command.isEmpty()) {
      noKey(asked, track, call);
      return;
    }
    if (track.kind() == Track.Kind.ACTIVATE) {
      supersede(track, call);
    }
    fire(track, how, "sent", call);
    deliver(track.request(), command.get(), track.reason(), call);
    parts.audit(track.owner(), track.request() + " is on its way to " + track.device(), call);
  }

  private void noKey(Asked asked, Track track, DspCall call) {
    String why = "no key agreement certificate of " + track.device();
    parts.audit(track.owner(), track.request() + " not sent: " + why, call);
    fire(track, TrackStimulus.GIVEN_UP, why, call);
    answers.respond(
        asked.id(),
        asked.request().service(),
        Commands.CANNOT_COMMUNICATE,
        Optional.empty(),
        false,
        call);
  }

  /** One activation at a time: the device forgets the one before, too. */
  private void supersede(Track by, DspCall call) {
    for (Track track : parts.tracks().openOf(by.device())) {
      if (track.kind() == Track.Kind.ACTIVATE && !track.request().equals(by.request())) {
        fire(track, TrackStimulus.REPLACED, "by " + by.request(), call);
      }
    }
  }

  /** Hands a command over to go to its device's hub. */
  void deliver(MessageId request, Message command, ReasonClass reason, DspCall call) {
    Eui64 device = command.header().recipient();
    Eui64 hub = parts.estate().device(device).orElseThrow().hub();
    Delivery.Id id =
        new Delivery.Id(request, hub, command.header().messageCode().useCase() + " command");
    parts.post(
        parts.config().csp(),
        new Content.Deliver(
            new Delivery(
                id,
                reason,
                call.utcMillis() + parts.parameter(WAN_TIMEOUT),
                new Delivery.Load.Command(device, command.octets()))),
        call);
  }

  private void fire(Track track, TrackStimulus stimulus, String detail, DspCall call) {
    parts.fire(track, stimulus, detail, call);
  }
}
