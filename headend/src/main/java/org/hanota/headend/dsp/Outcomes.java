// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.gbcs.Envelope;
import org.hanota.gbcs.Supplementary;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.ExecutionOutcome;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.PpmidFirmwareActivationAlert;
import org.hanota.gbcs.payload.ReadEsmeFirmwareVersion;
import org.hanota.gbcs.payload.ReadFirmwareVersion;
import org.hanota.gbcs.payload.ReadGsmeFirmwareVersion;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.headend.estate.CompatibilityRule;
import org.hanota.headend.estate.Device;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;
import org.hanota.headend.track.TrackStimulus;

/**
 * What follows from what hubs and devices say, for tracks and inventory. The inventory believes a
 * device about itself, whatever its hub said; an end of a track is never left.
 */
final class Outcomes {
  private final DspParts parts;
  private final Answers answers;

  Outcomes(DspParts parts, Answers answers) {
    this.parts = parts;
    this.answers = answers;
  }

  /** The request that led to the command to which this is the response. */
  static MessageId request(Envelope response) {
    Optional<Supplementary> party = response.supplementary();
    return new MessageId(
        party.map(Supplementary::remoteParty).orElse(response.recipient()),
        response.originator(),
        party.map(Supplementary::counter).orElse(response.originatorCounter()));
  }

  /** A device answers. */
  void response(MessageId request, Device device, Payload payload, DspCall call) {
    if (payload instanceof ActivateFirmware.CommandAccepted) {
      accepted(request, device, call);
    } else if (payload instanceof ExecutionOutcome outcome) {
      activated(request, device, outcome, call);
    } else if (payload instanceof ReadEsmeFirmwareVersion.Version version) {
      read(request, device, version.firmwareVersion(), call);
    } else if (payload instanceof ReadGsmeFirmwareVersion.Version version) {
      read(request, device, version.firmwareVersion(), call);
    } else if (payload instanceof ReadFirmwareVersion.Response version
        && version.responseCode() == SuccessOrFailure.SUCCESS) {
      read(request, device, version.firmwareVersion(), call);
    }
  }

  /** The device will activate at the time, or has forgotten what it should have activated. */
  private void accepted(MessageId request, Device device, DspCall call) {
    Optional<Track> track = parts.tracks().find(request, device.id());
    if (track.isEmpty()) {
      return;
    }
    if (track.get().kind() == Track.Kind.CANCEL) {
      for (Track open : parts.tracks().openOf(device.id())) {
        boolean isTakenBack =
            open.kind() == Track.Kind.ACTIVATE
                && open.image().hash().equals(track.get().image().hash());
        if (isTakenBack || open.request().equals(request)) {
          fire(open, TrackStimulus.TAKEN_BACK, "taken back by " + request, call);
        }
      }
    } else {
      parts.fire(
          track.get(), TrackStimulus.COMMAND_ACCEPTED, "accepted", begins(request, call), call);
    }
  }

  private long begins(MessageId request, DspCall call) {
    return parts
        .asked(request)
        .map(asked -> asked.request().body())
        .filter(FirmwareRequest.ActivateFirmware.class::isInstance)
        .map(FirmwareRequest.ActivateFirmware.class::cast)
        .flatMap(order -> order.executionDateTime().at())
        .map(Instant::toEpochMilli)
        .orElse(call.utcMillis());
  }

  /**
   * How an activation ended. A device that runs the image has activated it, whatever it says of a
   * repeated command; one that runs a third version has not. [hanota H87]
   */
  void activated(MessageId request, Device device, ExecutionOutcome outcome, DspCall call) {
    FileVersion running = outcome.firmwareVersion();
    ActivateImageResponseCode code = outcome.activateImageResponseCode();
    runs(device, running, call);
    Optional<Track> order = parts.tracks().find(request, device.id());
    if (order.isEmpty()) {
      return;
    }
    Track.Image image = order.get().image();
    boolean isActive = image.version().equals(running);
    String detail = code.officialName() + ", runs " + running;
    for (Track track : parts.tracks().of(device.id())) {
      boolean isOrder = track.request().equals(request);
      boolean isImage =
          track.kind() == Track.Kind.DISTRIBUTE
              && track.image().equals(image)
              && track.owner().equals(request.originator());
      if ((isOrder || (isImage && track.isOpen())) && isActive) {
        fire(track, TrackStimulus.ACTIVATED, detail, call);
      } else if (isOrder || (isImage && track.isOpen() && isGone(code))) {
        fire(track, TrackStimulus.NOT_ACTIVATED, detail, call);
      }
    }
  }

  /** Whether the device has the image no more; another hash leaves it where it is. */
  private static boolean isGone(ActivateImageResponseCode code) {
    return code != ActivateImageResponseCode.HASH_MISMATCH;
  }

  /** A device says what it thinks of an image. [GBCS 11.2.6] */
  void receipt(Device device, FirmwareDistributionReceiptAlert receipt, DspCall call) {
    boolean isGood = receipt.alertCode() == AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL;
    for (Track track : parts.tracks().of(device.id())) {
      if (track.kind() == Track.Kind.DISTRIBUTE
          && track.image().hash().equals(receipt.manufacturerImageHash())
          && isLatest(track)) {
        Track after =
            parts
                .fire(
                    track,
                    isGood ? TrackStimulus.FOUND_GOOD : TrackStimulus.FOUND_BAD,
                    receipt.alertCode().officialName(),
                    call)
                .after();
        if (!isGood || after.state() == TrackState.VERIFIED) {
          supersedeSame(after, call);
        }
      }
    }
  }

  /** What a device said of an image earlier ends where it has said more of it. [hanota H180] */
  private void supersedeSame(Track latest, DspCall call) {
    for (Track track : parts.tracks().openOf(latest.device())) {
      if (track.kind() == latest.kind()
          && track.image().equals(latest.image())
          && track.state() == TrackState.VERIFIED
          && !track.request().equals(latest.request())) {
        fire(track, TrackStimulus.REPLACED, "by " + latest.request(), call);
      }
    }
  }

  /** Whether no later request has sent the same image to the device. */
  private boolean isLatest(Track track) {
    List<Track> same =
        parts.tracks().of(track.device()).stream()
            .filter(other -> other.kind() == track.kind() && other.image().equals(track.image()))
            .toList();
    return same.get(same.size() - 1).request().equals(track.request());
  }

  /** A hub says what became of a transfer: its word about its own work. [GBCS 11] */
  void transfer(Device hub, FirmwareTransferAlert alert, DspCall call) {
    Optional<Device> device =
        parts.estate().device(alert.entityId()).filter(found -> found.hub().equals(hub.id()));
    if (device.isEmpty()) {
      parts.audit(
          hub.id(), "tells of a transfer to " + alert.entityId() + ", no device of it", call);
      return;
    }
    boolean isDone = alert.responseCode() == FirmwareTransferAlert.TransferResponseCode.SUCCESS;
    Optional<MessageId> about = Optional.empty();
    for (Track track : parts.tracks().of(device.get().id())) {
      if (track.kind().carriesImage()
          && track.image().version().equals(alert.firmwareVersion())
          && isLatest(track)) {
        about = Optional.of(track.request());
        fire(
            track,
            isDone ? TrackStimulus.TRANSFERRED : TrackStimulus.NOT_TRANSFERRED,
            alert.responseCode().officialName(),
            call);
      }
    }
    answers.alertAll(
        device.get(),
        new DccAlert.CommsHubAlert(
            hub.id(),
            code(alert.alertCode()),
            Optional.of(Instant.ofEpochMilli(alert.executionDateTime().utcMillis())),
            Optional.of(
                new DccAlert.FirmwareTransfer(
                    about,
                    device.get().id(),
                    new FirmwareVersion(alert.firmwareVersion().toString()),
                    code(alert.responseCode())))),
        call);
  }

  private static DccAlert.TransferResponseCode code(
      FirmwareTransferAlert.TransferResponseCode code) {
    return switch (code) {
      case SUCCESS -> DccAlert.TransferResponseCode.FILE_TRANSFER_SUCCESS;
      case IMAGE_DISCARDED -> DccAlert.TransferResponseCode.FIRMWARE_IMAGE_DISCARDED;
      case HARDWARE_VERSION_MISMATCH -> DccAlert.TransferResponseCode.HARDWARE_VERSION_MISMATCH;
      case FILE_TRANSFER_FAILURE -> DccAlert.TransferResponseCode.FILE_TRANSFER_FAILURE;
    };
  }

  private static Octets code(AlertCode code) {
    return new OctetWriter(2).uint16be(code.code()).toOctets();
  }

  /** A PPMID says what it runs. [GBCS 11.9] */
  void ppmid(Device device, PpmidFirmwareActivationAlert alert, DspCall call) {
    FileVersion running = alert.firmwareVersion();
    boolean isDone = alert.activateImage() == SuccessOrFailure.SUCCESS;
    runs(device, running, call);
    for (Track track : parts.tracks().of(device.id())) {
      if (track.kind() == Track.Kind.UPDATE && isLatest(track)) {
        boolean isActive = isDone && track.image().version().equals(running);
        fire(
            track,
            isActive ? TrackStimulus.ACTIVATED : TrackStimulus.NOT_ACTIVATED,
            alert.activateImage() + ", runs " + running,
            call);
      }
    }
    answers.alertAll(
        device,
        new DccAlert.PpmidAlert(
            device.id(),
            code(alert.alertCode()),
            Optional.of(Instant.ofEpochMilli(alert.executionDateTime().utcMillis())),
            Optional.of(
                new DccAlert.PpmidUpgrade(new FirmwareVersion(running.toString()), isDone))),
        call);
  }

  /** 11.2's answer: a stale inventory is healed, and what was under way is seen to be done. */
  private void read(MessageId request, Device device, FileVersion running, DspCall call) {
    Optional<FileVersion> known = device.firmware();
    if (known.filter(running::equals).isEmpty()) {
      Eui64 user = request.originator();
      answers.alert(
          user,
          new DccAlert.FirmwareVersionMismatch(
              device.id(),
              device.type(),
              new FirmwareVersion(known.map(FileVersion::toString).orElse("00000000")),
              new FirmwareVersion(running.toString())),
          call);
    }
    runs(device, running, call);
    for (Track track : parts.tracks().openOf(device.id())) {
      if (track.kind() != Track.Kind.CANCEL && track.image().version().equals(running)) {
        fire(track, TrackStimulus.ACTIVATED, "runs " + running, call);
      }
    }
  }

  /** A device's own word: MP105, the status from before a suspension comes back with it. */
  private void runs(Device device, FileVersion running, DspCall call) {
    Device current = parts.estate().device(device.id()).orElse(device);
    Device next = current.running(running);
    if (LocalUpdates.isRefused(current, running, parts.tracks(), parts.config().parameters())) {
      next = next.suspend();
      parts.audit(device.id(), "is suspended: nobody sent it " + running, call);
    } else if (isUsable(next, running)) {
      next = next.restore();
    }
    if (!next.equals(current)) {
      parts.estate().put(next);
      parts.audit(
          device.id(), "runs " + running + ", status " + next.standing().status().word(), call);
      liability(next, running, call);
    }
  }

  /** C12, C14: who must rectify what does not work together any more. [hanota H86] */
  private void liability(Device updated, FileVersion running, DspCall call) {
    for (CompatibilityRule rule : parts.estate().rules()) {
      Optional<Device> broken = rule.broken(updated, running, parts.estate().home(updated.hub()));
      if (broken.isPresent()) {
        Device at = rule.rectifiedAt(updated, broken.get());
        parts.audit(
            updated.id(),
            "does not work with "
                + broken.get().id()
                + " by rule "
                + rule.name()
                + "; to be rectified at "
                + at.id()
                + " by "
                + Answers.users(at),
            call);
      }
    }
  }

  private boolean isUsable(Device device, FileVersion running) {
    return parts
        .estate()
        .listing(device.model(), running)
        .filter(listing -> listing.status() == ListingStatus.ACTIVE)
        .isPresent();
  }

  private void fire(Track track, TrackStimulus stimulus, String detail, DspCall call) {
    parts.fire(track, stimulus, detail, call);
  }
}
