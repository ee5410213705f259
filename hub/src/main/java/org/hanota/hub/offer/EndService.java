// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.offer;

import java.util.Objects;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubStatus.LastFailure;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Cause;
import org.hanota.hub.update.Device;
import org.hanota.hub.update.HubStimulus;
import org.hanota.hub.update.Serving;
import org.hanota.hub.update.Update;
import org.hanota.hub.update.UpdateSteps;
import org.jspecify.annotations.Nullable;

/** Answers Upgrade End Requests: how a transfer ended. [ZCL 11.13.9] */
public final class EndService {
  private final SendOptions options;
  private final Offers offers;
  private final Parts parts;
  private final UpdateSteps steps;

  /** Answers by what {@code offers} say. */
  public EndService(SendOptions options, Offers offers, Parts parts, UpdateSteps steps) {
    this.options = options;
    this.offers = offers;
    this.parts = parts;
    this.steps = steps;
  }

  /** A client ends. */
  public void end(Device device, UpgradeEndRequest end, Call call) {
    ZclStatus status = end.status();
    boolean hasFile =
        status.equals(ZclStatus.SUCCESS) || status.equals(ZclStatus.REQUIRE_MORE_IMAGE);
    int endpoint = call.message().source().endpoint();
    @Nullable Update update =
        status.equals(ZclStatus.SUCCESS) ? parts.finishing(device, endpoint, end.image()) : null;
    if (update == null) {
      update = device.about(endpoint, end.image());
    }
    if (update != null && update.isGivenUp() && hasFile) {
      // What was given up here must not run there: the device drops it. [ZCL 11.13.9]
      call.reply(DefaultResponse.to(end, ZclStatus.ABORT), options);
    } else if (update == null || !isKnown(update, end.image(), call)) {
      call.reply(
          DefaultResponse.to(
              end,
              status.equals(ZclStatus.SUCCESS) ? ZclStatus.NO_IMAGE_AVAILABLE : ZclStatus.SUCCESS),
          options);
    } else if (status.equals(ZclStatus.SUCCESS)) {
      steps.fire(update, HubStimulus.END_SUCCESS, call);
    } else if (!hasFile) {
      // Whatever is no success is answered with a default response, by the endpoint. [ZCL 11.13.9]
      failed(update, status, call);
    } else if (parts.received(update, end.image())) {
      // One that it has told of before changes nothing, nor does one that is no part.
      steps.fire(update, HubStimulus.END_MORE, call);
    }
  }

  /** Whether the device may have this file, from here. */
  private boolean isKnown(Update update, ImageId image, Call call) {
    Serving serving = update.transfer().serving();
    if ((serving != null && serving.image().equals(image))
        || (update.series() != null && update.series().hasReceived(image))
        || (update.hasImage() && Objects.equals(image, update.wantedFile()))) {
      return true;
    }
    @Nullable StoredImage stored = offers.named(update, image, call.now()).stored();
    if (stored == null || (update.offer() != null && !Objects.equals(image, update.wantedFile()))) {
      return false;
    }
    if (serving == null) {
      update.transfer().serve(offers.open(stored, image));
    }
    return true;
  }

  private void failed(Update update, ZclStatus status, Call call) {
    if (status.equals(ZclStatus.ABORT) && update.transfer().mustBeginAnew()) {
      // It was told so: it has octets of another file.
      return;
    }
    Failure failure;
    if (status.equals(ZclStatus.INVALID_IMAGE)) {
      failure = Failure.INVALID_IMAGE;
    } else if (status.equals(ZclStatus.INSUFFICIENT_SPACE)) {
      failure = Failure.INSUFFICIENT_SPACE;
    } else if (status.equals(ZclStatus.NOT_AUTHORIZED)) {
      failure = Failure.REFUSED;
    } else {
      failure = Failure.ABORTED;
    }
    steps.fire(
        update,
        HubStimulus.END_FAILED,
        new Cause.Failing(
            new LastFailure(failure, "the device ends with " + status),
            TransferResponseCode.FILE_TRANSFER_FAILURE,
            true,
            failure == Failure.INVALID_IMAGE),
        call);
  }
}
