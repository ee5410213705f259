// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.transport.grpc.v1.Progress;

/** What happens to updates as the contract writes it. */
final class ProgressCodec {
  private ProgressCodec() {}

  static Progress encode(UpdateEvent event) {
    Progress.Builder out =
        Progress.newBuilder()
            .setEui64(event.device().value())
            .setImage(ControlCodec.encode(event.image()));
    if (event instanceof UpdateEvent.Queued e) {
      out.setQueued(Progress.Queued.newBuilder().setPosition(e.position()));
    } else if (event instanceof UpdateEvent.Notified) {
      out.setNotified(Progress.Notified.getDefaultInstance());
    } else if (event instanceof UpdateEvent.Querying) {
      out.setQuerying(Progress.Querying.getDefaultInstance());
    } else if (event instanceof UpdateEvent.Started e) {
      out.setStarted(
          Progress.Started.newBuilder()
              .setImageSizeOctets(e.imageSizeOctets())
              .setFileOffset(e.fileOffset()));
    } else if (event instanceof UpdateEvent.Transferring e) {
      Progress.Transferring.Builder transferring =
          Progress.Transferring.newBuilder()
              .setImageSizeOctets(e.imageSizeOctets())
              .setFileOffset(e.fileOffset());
      e.remainingMillis().ifPresent(transferring::setRemainingMillis);
      out.setTransferring(transferring);
    } else if (event instanceof UpdateEvent.Paused e) {
      out.setPaused(
          Progress.Paused.newBuilder()
              .setFileOffset(e.fileOffset())
              .setReason(e.reason())
              .setPauseMillis(e.pauseMillis()));
    } else {
      late(event, out);
    }
    return out.build();
  }

  private static void late(UpdateEvent event, Progress.Builder out) {
    if (event instanceof UpdateEvent.Verifying) {
      out.setVerifying(Progress.Verifying.getDefaultInstance());
    } else if (event instanceof UpdateEvent.Verified e) {
      out.setVerified(Progress.Verified.newBuilder().setHow(e.how()));
    } else if (event instanceof UpdateEvent.Waiting e) {
      out.setWaiting(Progress.Waiting.newBuilder().setUntil(e.until()));
    } else if (event instanceof UpdateEvent.Activating) {
      out.setActivating(Progress.Activating.getDefaultInstance());
    } else if (event instanceof UpdateEvent.Confirmed) {
      out.setConfirmed(Progress.Confirmed.getDefaultInstance());
    } else if (event instanceof UpdateEvent.PartReceived e) {
      out.setPartReceived(
          Progress.PartReceived.newBuilder().setNext(ControlCodec.encode(e.next())));
    } else if (event instanceof UpdateEvent.Failed e) {
      out.setFailed(
          Progress.Failed.newBuilder()
              .setFailure(ControlCodec.encode(e.failure()))
              .setDetail(e.detail()));
    }
  }

  /** Empty for an event of a later contract. */
  static Optional<UpdateEvent> decode(Progress progress) {
    Eui64 device = new Eui64(progress.getEui64());
    ImageId image = ControlCodec.decode(progress.getImage());
    return switch (progress.getEventCase()) {
      case QUEUED ->
          Optional.of(new UpdateEvent.Queued(device, image, progress.getQueued().getPosition()));
      case NOTIFIED -> Optional.of(new UpdateEvent.Notified(device, image));
      case QUERYING -> Optional.of(new UpdateEvent.Querying(device, image));
      case STARTED ->
          Optional.of(
              new UpdateEvent.Started(
                  device,
                  image,
                  progress.getStarted().getImageSizeOctets(),
                  progress.getStarted().getFileOffset()));
      case TRANSFERRING -> Optional.of(transferring(device, image, progress.getTransferring()));
      case PAUSED ->
          Optional.of(
              new UpdateEvent.Paused(
                  device,
                  image,
                  progress.getPaused().getFileOffset(),
                  progress.getPaused().getReason(),
                  progress.getPaused().getPauseMillis()));
      case VERIFYING -> Optional.of(new UpdateEvent.Verifying(device, image));
      case VERIFIED ->
          Optional.of(new UpdateEvent.Verified(device, image, progress.getVerified().getHow()));
      case WAITING ->
          Optional.of(new UpdateEvent.Waiting(device, image, progress.getWaiting().getUntil()));
      case ACTIVATING -> Optional.of(new UpdateEvent.Activating(device, image));
      case CONFIRMED -> Optional.of(new UpdateEvent.Confirmed(device, image));
      case FAILED ->
          Optional.of(
              new UpdateEvent.Failed(
                  device,
                  image,
                  ControlCodec.decode(progress.getFailed().getFailure()),
                  progress.getFailed().getDetail()));
      case PART_RECEIVED ->
          Optional.of(
              new UpdateEvent.PartReceived(
                  device, image, ControlCodec.decode(progress.getPartReceived().getNext())));
      case EVENT_NOT_SET -> Optional.empty();
    };
  }

  private static UpdateEvent transferring(
      Eui64 device, ImageId image, Progress.Transferring transferring) {
    return new UpdateEvent.Transferring(
        device,
        image,
        transferring.getImageSizeOctets(),
        transferring.getFileOffset(),
        transferring.hasRemainingMillis()
            ? OptionalLong.of(transferring.getRemainingMillis())
            : OptionalLong.empty());
  }
}
