// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.hanota.headend.HeadEndParameter.OPEN_IMAGE_OCTETS_OF_USER;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.headend.check.Asking;
import org.hanota.headend.check.Check;
import org.hanota.headend.check.Refusal;
import org.hanota.headend.check.Upload;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.User;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.DeliveryEnd;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.CredentialsRequest.UpdateSecurityCredentialsCos;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.HanRequest;
import org.hanota.headend.request.HanRequest.ReturnLocalCommandResponse;
import org.hanota.headend.request.InventoryRequest;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.headend.request.ServiceRequest.SignedPreCommand;
import org.hanota.headend.track.Track;

/**
 * Where users' requests come in: each is acknowledged or refused at once, and acted on at most once
 * however often it comes.
 */
final class ServiceDesk {
  /** No response came in time. */
  private static final ResponseCode NO_RESPONSE = new ResponseCode("E21");

  /** What was dated did not happen in time. */
  private static final ResponseCode FUTURE_DATED_TIMEOUT = new ResponseCode("E30");

  private final DspParts parts;
  private final Answers answers;
  private final Distribution distribution;
  private final Activations activations;
  private final Commands commands;
  private final LocalResponses local;
  private final InventoryDesk inventory;
  private final Registers registers;
  private final RefusalLog refusals;

  ServiceDesk(
      DspParts parts,
      Answers answers,
      Distribution distribution,
      Activations activations,
      LocalResponses local,
      InventoryDesk inventory,
      Registers registers) {
    this.parts = parts;
    this.answers = answers;
    this.distribution = distribution;
    this.activations = activations;
    this.commands = new Commands(parts, answers, activations);
    this.local = local;
    this.inventory = inventory;
    this.registers = registers;
    this.refusals = new RefusalLog(parts);
  }

  /** Takes a request and says what is said at once. */
  Response take(Eui64 from, Content.ServiceCall called, DspCall call) {
    Request request = called.request();
    Optional<Response> before = answeredBefore(request);
    if (before.isPresent()) {
      return before.get();
    }
    Asking asking = asking(request, called.service(), call);
    Optional<Check.Refused<Refusal>> refused = refused(from, asking);
    if (refused.isPresent()) {
      return refuse(asking, refused.get(), call);
    }
    Response acknowledgement = answers.acknowledgement(request, ResponseCode.ACKNOWLEDGED, call);
    if (request.body() instanceof SignedPreCommand) {
      Asked asked = parts.asked(request.id()).orElseThrow();
      parts.put(asked.signed(new Asked.Signed(request, acknowledgement)));
    } else {
      parts.put(Asked.of(request, acknowledgement));
      count(asking);
    }
    act(asking, call);
    return acknowledgement;
  }

  /** The same request again, since its acknowledgement was lost, gets the same. */
  private Optional<Response> answeredBefore(Request request) {
    Optional<Asked> asked = parts.asked(request.id());
    if (asked.isPresent() && asked.get().isOf(request)) {
      return Optional.of(asked.get().acknowledgement());
    }
    return asked
        .flatMap(Asked::signed)
        .filter(signed -> signed.request().equals(request))
        .map(Asked.Signed::acknowledgement);
  }

  private Optional<Check.Refused<Refusal>> refused(Eui64 from, Asking asking) {
    Request request = asking.request();
    if (!from.equals(request.id().originator())) {
      return Optional.of(
          new Check.Refused<>(
              Refusal.USER_UNKNOWN,
              "found a request of " + request.id().originator() + " from " + from));
    }
    Optional<Check.Refused<Refusal>> refused = Check.first(parts.checks().access(), asking);
    if (refused.isPresent()) {
      return refused;
    }
    Optional<Asked> asked = parts.asked(request.id());
    if (request.body() instanceof SignedPreCommand signed) {
      return asked.flatMap(Asked::signed).isPresent()
          ? duplicate(request)
          : activations.check(request, signed, asking.utcMillis());
    }
    return asked.isPresent() || parts.forgetting().isForgotten(request.id())
        ? duplicate(request)
        : tooMuchOpen(request);
  }

  private static Optional<Check.Refused<Refusal>> duplicate(Request request) {
    return Optional.of(
        new Check.Refused<>(
            Refusal.DUPLICATE_REQUEST,
            "another request has the id " + request.id() + ", or one that is forgotten had"));
  }

  /** The images of a user's open requests are held in memory: each once, and so many octets. */
  private Optional<Check.Refused<Refusal>> tooMuchOpen(Request request) {
    Eui64 user = request.id().originator();
    OpenImages images = parts.forgetting().images();
    long limit = parts.parameter(OPEN_IMAGE_OCTETS_OF_USER);
    return Asked.image(request)
        .filter(image -> images.octetsOf(user) + image.length() > limit)
        .filter(image -> !images.has(user, image))
        .map(
            image ->
                new Check.Refused<>(
                    Refusal.TOO_MUCH_OPEN,
                    "found "
                        + image.length()
                        + " octets beside "
                        + images.octetsOf(user)
                        + " of images of open requests, allowed "
                        + limit));
  }

  /** A refused request leaves nothing but a line in the log: its id may be used again. */
  private Response refuse(Asking asking, Check.Refused<Refusal> refused, DspCall call) {
    Request request = asking.request();
    refusals.add(
        request.id().originator(),
        request.id() + " refused, " + refused.refusal() + ": " + refused.detail(),
        call);
    return answers.acknowledgement(request, refused.refusal().code(request.service()), call);
  }

  private void count(Asking asking) {
    User user = asking.user().orElseThrow();
    User counted = user.counted(asking.request().id().counter());
    if (!counted.equals(user)) {
      parts.estate().put(counted);
    }
  }

  private Asking asking(Request request, Service service, DspCall call) {
    return new Asking(
        request,
        service,
        parts.estate(),
        parts.tracks(),
        parts.config().parameters(),
        call.utcMillis());
  }

  private void act(Asking asking, DspCall call) {
    Request request = asking.request();
    ServiceRequest body = request.body();
    Optional<Upload> upload = Upload.of(asking, parts.config().keys());
    if (upload.isPresent()) {
      distribution.take(upload.get(), call);
    } else if (body instanceof ActivateFirmware order) {
      activations.take(asking, order, call);
    } else if (body instanceof SignedPreCommand) {
      signed(asking, call);
    } else if (body instanceof ReturnLocalCommandResponse returned) {
      local.take(request, returned, call);
    } else if (body instanceof ReadFirmwareVersion || body instanceof HanRequest) {
      commands.take(asking, call);
    } else if (body instanceof InventoryRequest about) {
      inventory.take(request, about, call);
    } else if (body instanceof UpdateSecurityCredentialsCos) {
      changeSupplier(asking, call);
    } else {
      throw new AssertionError("nobody acts on " + body);
    }
  }

  private void signed(Asking asking, DspCall call) {
    Asked asked = parts.asked(asking.request().id()).orElseThrow();
    if (asked.request().body() instanceof ActivateFirmware) {
      activations.signed(asking, call);
    } else {
      commands.signed(asking, call);
    }
  }

  /** 6.23: who asks for it is the supplier from now on, in each role that he has. */
  private void changeSupplier(Asking asking, DspCall call) {
    User gaining = asking.user().orElseThrow();
    Device device = asking.device().orElseThrow();
    device.responsible().stream()
        .map(Device.Responsible::role)
        .filter(gaining.roles()::contains)
        .forEach(
            role -> registers.supplierChanged(device.hub(), role, Optional.of(gaining.id()), call));
    answers.respond(
        asking.request().id(),
        asking.request().service(),
        ResponseCode.SUCCESS,
        Optional.empty(),
        false,
        call);
  }

  /** Somebody looked at what anomaly detection held back. */
  void judged(DspInput.Judged judged, DspCall call) {
    Optional<Asked> asked = parts.asked(judged.request());
    if (asked.isEmpty()) {
      parts.audit(parts.config().self(), "no request " + judged.request() + " to judge", call);
      return;
    }
    activations.judged(
        asking(asked.get().request(), Service.TRANSFORM, call), judged.isReleased(), call);
  }

  /** What became of a command on the WAN. */
  void ended(Content.Ended ended, DspCall call) {
    if (ended.end() instanceof DeliveryEnd.Delivered) {
      return;
    }
    parts
        .asked(ended.id().request())
        .filter(asked -> !Upload.isOne(asked.request()))
        .ifPresent(asked -> commands.respond(asked, Commands.CANNOT_COMMUNICATE, call));
  }

  /** A request that took too long is answered, too. */
  void expired(Track track, DspCall call) {
    Optional<Asked> asked = parts.asked(track.request());
    if (track.kind().carriesImage() || asked.isEmpty()) {
      return;
    }
    boolean isDated =
        asked.get().request().body() instanceof ActivateFirmware order
            && order.executionDateTime().at().isPresent();
    commands.respond(asked.get(), isDated ? FUTURE_DATED_TIMEOUT : NO_RESPONSE, call);
  }

  /** Sends reads whose time has come and ends those that were not answered. */
  void timer(DspCall call) {
    for (Asked asked : parts.waited(call.utcMillis())) {
      if (asked.waiting().orElseThrow().isForItsTime()) {
        commands.send(asked, call);
      } else {
        commands.respond(asked, NO_RESPONSE, call);
      }
    }
  }
}
