// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.hanota.headend.HeadEndParameter.HEAD_END_IMAGE_OCTETS;
import static org.hanota.headend.HeadEndParameter.WAN_TIMEOUT;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.WanLink;
import org.hanota.headend.check.Asking;
import org.hanota.headend.check.Candidate;
import org.hanota.headend.check.Check;
import org.hanota.headend.check.DeviceChecks.WarningList;
import org.hanota.headend.check.Refusal;
import org.hanota.headend.check.Upload;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.letter.DeliveryEnd;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ResponseContent.UpdateFirmwareWarning;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;
import org.hanota.headend.track.TrackStimulus;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.ZigBeeFile;

/** Images: 11.1 and 11.4, from the checks to the hub's word that it has them. */
final class Distribution {
  private final DspParts parts;
  private final Answers answers;

  Distribution(DspParts parts, Answers answers) {
    this.parts = parts;
    this.answers = answers;
  }

  /** Acts on a request that was accepted: sends its image to those devices that may have it. */
  void take(Upload upload, DspCall call) {
    Request request = upload.asking().request();
    Optional<Check.Refused<Refusal>> refused = Check.first(parts.checks().image(), upload);
    if (refused.isPresent()) {
      ResponseCode code = refused.get().refusal().code(request.service());
      parts.audit(
          request.id().originator(),
          request.id() + " refused, " + refused.get().refusal() + ": " + refused.get().detail(),
          call);
      answers.respond(request.id(), request.service(), code, Optional.empty(), false, call);
      return;
    }
    Map<WarningList, List<Eui64>> warnings = new EnumMap<>(WarningList.class);
    List<Candidate> taken = new ArrayList<>();
    upload.devices().stream()
        .distinct()
        .map(id -> new Candidate(upload, id))
        .forEach(candidate -> sort(candidate, warnings, taken, call));
    respond(upload, warnings, call);
    tellOthers(upload, taken, call);
    send(upload, taken, call);
  }

  private void sort(
      Candidate candidate,
      Map<WarningList, List<Eui64>> warnings,
      List<Candidate> taken,
      DspCall call) {
    Optional<Check.Refused<WarningList>> refused = Check.first(parts.checks().device(), candidate);
    if (refused.isEmpty()) {
      taken.add(candidate);
      return;
    }
    warnings
        .computeIfAbsent(refused.get().refusal(), list -> new ArrayList<>())
        .add(candidate.id());
    MessageId request = candidate.upload().asking().request().id();
    parts.audit(
        request.originator(),
        request
            + " gives "
            + candidate.id()
            + " nothing, "
            + refused.get().refusal()
            + ": "
            + refused.get().detail(),
        call);
  }

  private void respond(Upload upload, Map<WarningList, List<Eui64>> warnings, DspCall call) {
    Request request = upload.asking().request();
    Optional<ResponseContent> content =
        warnings.isEmpty() ? Optional.empty() : Optional.of(warning(upload, warnings));
    ResponseCode code =
        warnings.isEmpty() ? ResponseCode.SUCCESS : Refusal.warning(request.service());
    answers.respond(request.id(), request.service(), code, content, false, call);
  }

  private static UpdateFirmwareWarning warning(
      Upload upload, Map<WarningList, List<Eui64>> warnings) {
    return new UpdateFirmwareWarning(
        upload.isPpmid(),
        warnings.getOrDefault(WarningList.INVALID, List.of()),
        warnings.getOrDefault(WarningList.NOT_COMMISSIONED, List.of()),
        warnings.getOrDefault(WarningList.NOT_APPLICABLE_FIRMWARE, List.of()),
        warnings.getOrDefault(WarningList.OTHER_REQUEST_IN_PROGRESS, List.of()),
        warnings.getOrDefault(WarningList.INVALID_GBCS_VERSION, List.of()));
  }

  /** C13: whoever else answers for a device is told before anything is on its way. */
  private void tellOthers(Upload upload, List<Candidate> taken, DspCall call) {
    Eui64 owner = upload.asking().request().id().originator();
    Map<Eui64, Map<DeviceType, List<Eui64>>> others = new TreeMap<>();
    for (Candidate candidate : taken) {
      Device device = candidate.device().orElseThrow();
      for (Eui64 user : Answers.users(device)) {
        if (!user.equals(owner)) {
          others
              .computeIfAbsent(user, id -> new EnumMap<>(DeviceType.class))
              .computeIfAbsent(device.type(), type -> new ArrayList<>())
              .add(device.id());
        }
      }
    }
    others.forEach(
        (user, types) ->
            types.forEach(
                (type, devices) ->
                    answers.alert(
                        user,
                        new DccAlert.FirmwareUpgradeRequested(type, upload.version(), devices),
                        call)));
  }

  private void send(Upload upload, List<Candidate> taken, DspCall call) {
    Map<Eui64, List<Eui64>> byHub = new TreeMap<>();
    MessageId request = upload.asking().request().id();
    OtaFile file = upload.file().orElseThrow();
    ReasonClass reason = ReasonClass.FUNCTION;
    for (Candidate candidate : taken) {
      Device device = candidate.device().orElseThrow();
      Listing listing = candidate.listing().orElseThrow();
      Track.Image image = new Track.Image(listing.version(), upload.hash().orElseThrow());
      supersede(device.id(), image, request, call);
      reason = listing.reason();
      Track track =
          parts
              .tracks()
              .open(
                  request,
                  device.id(),
                  upload.isPpmid() ? Track.Kind.UPDATE : Track.Kind.DISTRIBUTE,
                  image,
                  reason,
                  call.utcMillis());
      parts.forgetting().opened(track);
      fire(track, TrackStimulus.SENT, "sent", call);
      byHub.computeIfAbsent(device.hub(), hub -> new ArrayList<>()).add(device.id());
      parts.audit(
          request.originator(), request + " sends " + file.image() + " to " + device.id(), call);
    }
    Part first = split(file).get(0);
    for (Map.Entry<Eui64, List<Eui64>> home : byHub.entrySet()) {
      deliver(request, home.getKey(), home.getValue(), first, upload.isPpmid(), reason, call);
    }
  }

  /**
   * An image that waits to be activated makes room for another one. Of the same image, sent again
   * by the same user, what the device has said holds until it says more. [hanota H180]
   */
  private void supersede(Eui64 device, Track.Image by, MessageId request, DspCall call) {
    for (Track track : parts.tracks().openOf(device)) {
      boolean isRepeated = track.image().equals(by) && track.owner().equals(request.originator());
      if (track.kind().carriesImage() && track.state() == TrackState.VERIFIED && !isRepeated) {
        fire(track, TrackStimulus.REPLACED, "by " + request, call);
      }
    }
  }

  /** A file as it goes to a hub: a whole image, or a part of one. */
  private record Part(ImageId image, OctetSource octets) {}

  private List<Part> split(OtaFile file) {
    long maximum = parts.parameter(HEAD_END_IMAGE_OCTETS);
    if (file.octets().size() <= maximum) {
      return List.of(new Part(file.image(), file.octets()));
    }
    List<Part> split = new ArrayList<>();
    for (ZigBeeFile part : ImageParts.split(file.octets(), file.header(), (int) maximum)) {
      split.add(new Part(part.image(), part.octets()));
    }
    return split;
  }

  private void deliver(
      MessageId request,
      Eui64 hub,
      List<Eui64> devices,
      Part part,
      boolean isPpmid,
      ReasonClass reason,
      DspCall call) {
    // Only a command activates what is not a PPMID. [GBCS 11.2.1]
    UpgradeTime when = isPpmid ? new UpgradeTime.Now() : new UpgradeTime.Held();
    WanLink.Load.Image image =
        new WanLink.Load.Image(part.image() + ".ota", part.octets(), devices, when);
    Delivery.Id id = new Delivery.Id(request, hub, image.name());
    parts.post(
        parts.config().csp(),
        new Content.Deliver(
            new Delivery(
                id,
                reason,
                call.utcMillis() + parts.parameter(WAN_TIMEOUT),
                new Delivery.Load.Image(image))),
        call);
  }

  /** A device has the parts before this one: it is sent to the hub. */
  void partWanted(Content.PartWanted wanted, DspCall call) {
    for (Track track : parts.tracks().openOf(wanted.device())) {
      Optional<Asked> asked = parts.asked(track.request());
      // One before the last is whole at its device; the last is the one that travels.
      if (!parts.tracks().isLastImage(track) || asked.isEmpty() || !isAtHome(wanted)) {
        continue;
      }
      boolean isPpmid = track.kind() == Track.Kind.UPDATE;
      Optional<Part> part =
          upload(asked.get(), call).flatMap(Upload::file).stream()
              .flatMap(file -> split(file).stream())
              .filter(each -> each.image().imageType().equals(wanted.part().imageType()))
              .findFirst();
      if (part.isPresent()) {
        fire(track, TrackStimulus.PART_WANTED, "wants " + wanted.part(), call);
        deliver(
            track.request(),
            wanted.hub(),
            List.of(wanted.device()),
            part.get(),
            isPpmid,
            track.reason(),
            call);
      }
    }
  }

  private boolean isAtHome(Content.PartWanted wanted) {
    return parts
        .estate()
        .device(wanted.device())
        .filter(device -> device.hub().equals(wanted.hub()))
        .isPresent();
  }

  private Optional<Upload> upload(Asked asked, DspCall call) {
    return Upload.of(
        new Asking(
            asked.request(),
            Service.NON_DEVICE,
            parts.estate(),
            parts.tracks(),
            parts.config().parameters(),
            call.utcMillis()),
        parts.config().keys());
  }

  /** What became of an image on the WAN. */
  void ended(Content.Ended ended, DspCall call) {
    boolean isDelivered = ended.end() instanceof DeliveryEnd.Delivered;
    List<Eui64> lost = new ArrayList<>();
    for (Eui64 device : ended.devices()) {
      Optional<Track> track = parts.tracks().find(ended.id().request(), device);
      if (track.isEmpty()) {
        continue;
      }
      boolean isMove =
          fire(
              track.get(),
              isDelivered ? TrackStimulus.DELIVERED : TrackStimulus.NOT_DELIVERED,
              ended.end().toString(),
              call);
      if (isMove && track.get().kind().carriesImage()) {
        tellDelivery(track.get(), ended.id().hub(), isDelivered, call);
        if (!isDelivered) {
          lost.add(device);
        }
      }
    }
    if (!lost.isEmpty()) {
      tellLost(ended.id().request(), lost, call);
    }
  }

  /** An image of which nothing was heard for too long did not come. */
  void expired(Track track, DspCall call) {
    if (track.kind().carriesImage()) {
      tellLost(track.request(), List.of(track.device()), call);
    }
  }

  private void tellLost(MessageId request, List<Eui64> devices, DspCall call) {
    answers.alert(
        request.originator(), new DccAlert.FirmwareDistributionFailure(request, devices), call);
  }

  private void tellDelivery(Track track, Eui64 hub, boolean isDelivered, DspCall call) {
    answers.alert(
        track.owner(),
        new DccAlert.CspFirmwareDeliveryStatus(
            track.request(),
            hub,
            track.device(),
            new FirmwareVersion(track.image().version().toString()),
            call.instant(),
            isDelivered),
        call);
  }

  private boolean fire(Track track, TrackStimulus stimulus, String detail, DspCall call) {
    return parts.fire(track, stimulus, detail, call).isMove();
  }
}
