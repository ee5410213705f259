// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.offer;

import java.util.Objects;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.QueryDeviceSpecificFileRequest;
import org.hanota.api.zcl.QueryDeviceSpecificFileResponse;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.hub.HubParameters;
import org.hanota.hub.announce.UnsolicitedResponses;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.offer.Offers.Choice;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Device;
import org.hanota.hub.update.DeviceTable;
import org.hanota.hub.update.HubStimulus;
import org.hanota.hub.update.PendingChanges;
import org.hanota.hub.update.Serving;
import org.hanota.hub.update.Update;
import org.hanota.hub.update.UpdateSteps;
import org.jspecify.annotations.Nullable;

/** Answers both kinds of query. [ZCL 11.13.4] */
public final class QueryService {
  private final HubParameters parameters;
  private final SendOptions options;
  private final Offers offers;
  private final DeviceTable devices;
  private final PendingChanges pending;
  private final UnsolicitedResponses responses;
  private final Parts parts;
  private final UpdateSteps steps;

  /** Answers by what {@code offers} say. */
  public QueryService(
      HubParameters parameters,
      SendOptions options,
      Offers offers,
      DeviceTable devices,
      PendingChanges pending,
      UnsolicitedResponses responses,
      Parts parts,
      UpdateSteps steps) {
    this.parameters = parameters;
    this.options = options;
    this.offers = offers;
    this.devices = devices;
    this.pending = pending;
    this.responses = responses;
    this.parts = parts;
    this.steps = steps;
  }

  /** A client asks what is there for what it runs. */
  public void query(Device device, QueryNextImageRequest query, Call call) {
    Peer client = call.message().source();
    ImageId current = query.current();
    call.effects().report(new UpdateEvent.Querying(client.address(), current));
    Update update = parts.wanting(device, client.endpoint(), current);
    if (update != null) {
      queryPart(update, call);
    } else {
      update = devices.asked(device, client, current.imageType());
      if (update == null || StoredImage.isDeviceSpecific(current.imageType())) {
        call.reply(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE), options);
        return;
      }
      queryImage(update, query, call);
    }
    responses.queried(update, call);
  }

  private void queryImage(Update update, QueryNextImageRequest query, Call call) {
    ImageId current = query.current();
    boolean isFirst = update.running() == null;
    boolean isOtherVersion = !isFirst && !Objects.equals(current, update.running());
    if (update.describe(current, query.hardwareVersion())) {
      if (isFirst) {
        pending.addShown(update);
      } else {
        pending.addLater(update);
      }
      dropUnfit(update, call);
    }
    if (Objects.equals(current, update.target())
        || (isOtherVersion && offers.isOfGivenUpFile(update, current))) {
      steps.fire(update, HubStimulus.QUERY_UPDATED, call);
      return;
    }
    if (update.hasImage() && !endsOffer(update, current, call)) {
      steps.fire(
          update, isOld(update, call) ? HubStimulus.QUERY_OLD : HubStimulus.QUERY_EARLY, call);
      return;
    }
    Choice choice = offers.forQuery(update, current, call.now());
    if (choice.stored() != null) {
      // Whoever asks for its model again begins anew with the first file.
      update.setSeries(null);
      serve(update, choice.stored(), choice.stored().imageFor(current.manufacturerCode()), call);
    } else {
      steps.fire(
          update,
          update.offer() != null && choice.endOfOffer().isPresent()
              ? HubStimulus.QUERY_MISMATCHED
              : HubStimulus.QUERY_IN_VAIN,
          call);
    }
  }

  private boolean endsOffer(Update update, ImageId current, Call call) {
    return update.offer() != null
        && offers.forQuery(update, current, call.now()).endOfOffer().isPresent();
  }

  /** Whether the device should run the new image by now. */
  private boolean isOld(Update update, Call call) {
    long since = call.now().monotonicNanos() - update.times().activationNanos();
    return update.phase() == org.hanota.api.control.Phase.ACTIVATING
        && since >= parameters.activationGraceMs() * 1_000_000L;
  }

  /** What fitted the version or the hardware before need not fit this one. */
  private void dropUnfit(Update update, Call call) {
    Serving serving = update.transfer().serving();
    if (serving != null
        && offers.decide(update, serving.stored(), serving.image(), call.now())
            instanceof OfferPolicy.Decision.Refused) {
      update.transfer().stopServing();
    }
  }

  private void serve(Update update, StoredImage stored, ImageId image, Call call) {
    Serving serving = update.transfer().serving();
    if (serving == null
        || !image.equals(serving.image())
        || !stored.sha256().equals(serving.stored().sha256())) {
      if (update.transfer().serve(offers.open(stored, image))) {
        pending.addShown(update);
      }
    }
    steps.fire(update, HubStimulus.QUERY, call);
  }

  private void queryPart(Update update, Call call) {
    pending.addLater(update);
    ImageId wanted = update.wantedFile();
    if (wanted == null) {
      throw new AssertionError("no update is under way");
    }
    if (update.hasImage()) {
      steps.fire(update, HubStimulus.QUERY_EARLY, call);
      return;
    }
    @Nullable StoredImage part = offers.named(update, wanted, call.now()).stored();
    if (part == null) {
      parts.want(update, call);
      steps.fire(update, HubStimulus.QUERY_IN_VAIN, call);
    } else {
      serve(update, part, wanted, call);
    }
  }

  /** A client asks for a file made for its device alone. [ZCL 11.13.11] */
  public void query(Device device, QueryDeviceSpecificFileRequest query, Call call) {
    Peer client = call.message().source();
    ImageId file = query.file();
    Update update =
        StoredImage.isDeviceSpecific(file.imageType())
                && query.requestNodeAddress().equals(client.address())
            ? devices.asked(device, client, file.imageType())
            : null;
    if (update != null) {
      Offers.hardware(device.updates(), client.endpoint()).ifPresent(update::hasHardware);
      Choice choice = offers.named(update, file, call.now());
      if (choice.stored() != null) {
        serve(update, choice.stored(), file, call);
        return;
      }
    }
    call.reply(new QueryDeviceSpecificFileResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE), options);
  }

  /** The answer that names what is served, by the kind of the query. */
  public static void name(Serving serving, Call call, SendOptions options) {
    long size = serving.stored().sizeOctets();
    call.reply(
        call.message().message() instanceof QueryDeviceSpecificFileRequest
            ? new QueryDeviceSpecificFileResponse.Success(serving.image(), size)
            : new QueryNextImageResponse.Success(serving.image(), size),
        options);
  }

  /** The answer that names nothing. */
  public static void nameNothing(Call call, SendOptions options) {
    call.reply(
        call.message().message() instanceof QueryDeviceSpecificFileRequest
            ? new QueryDeviceSpecificFileResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE)
            : new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE),
        options);
  }
}
