// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.block;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.hub.HubParameters;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.offer.Offers;
import org.hanota.hub.offer.Queue;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Device;
import org.hanota.hub.update.DeviceTable;
import org.hanota.hub.update.HubStimulus;
import org.hanota.hub.update.HubTimer;
import org.hanota.hub.update.PendingChanges;
import org.hanota.hub.update.Serving;
import org.hanota.hub.update.Update;
import org.hanota.hub.update.UpdateSteps;
import org.jspecify.annotations.Nullable;

/**
 * Answers block and page requests: by the offset that they name, never by what went before. [ZCL
 * 11.13.6]
 */
public final class BlockService {
  private final HubParameters parameters;
  private final SendOptions options;
  private final SendOptions blockOptions;
  private final ToIntFunction<Peer> maximumPayload;
  private final DeviceTable devices;
  private final Offers offers;
  private final Queue queue;
  private final PendingChanges pending;
  private final UpdateSteps steps;
  private final @Nullable AirtimeBudget airtime;
  private final Timers<HubTimer> timers;
  private @Nullable Page page;

  /**
   * Serves by what {@code offers} say, to whom {@code queue} gives a slot.
   *
   * @param maximumPayload the most octets of a ZCL frame to a device
   */
  public BlockService(
      HubParameters parameters,
      SendOptions options,
      ToIntFunction<Peer> maximumPayload,
      DeviceTable devices,
      Offers offers,
      Queue queue,
      PendingChanges pending,
      UpdateSteps steps,
      Timers<HubTimer> timers) {
    this.parameters = parameters;
    this.options = options;
    this.blockOptions = options.withPriority(SendOptions.Priority.BULK);
    this.maximumPayload = maximumPayload;
    this.devices = devices;
    this.offers = offers;
    this.queue = queue;
    this.pending = pending;
    this.steps = steps;
    this.timers = timers;
    this.airtime =
        parameters.airtimeMsPerHour() == 0
            ? null
            : new AirtimeBudget(parameters.airtimeMsPerHour() * 1000);
  }

  /** A client asks for a block. */
  public void block(
      Device device, Now now, Received received, ImageBlockRequest request, Effects effects) {
    Update update = find(device, now, received, request.image(), request.fileOffset(), effects);
    if (update == null) {
      return;
    }
    Serving serving = served(update);
    OptionalInt says = request.options().minimumBlockPeriod();
    if (says.isPresent() && setsPeriod(update, now, received, says.getAsInt(), effects)) {
      return;
    }
    int size = blockSize(update, serving, request.maximumDataSize());
    if (size == 0) {
      reply(received, DefaultResponse.to(received.message(), ZclStatus.INVALID_FIELD), effects);
      return;
    }
    int length = (int) Math.min(size, serving.sizeOctets() - request.fileOffset());
    if (mayTake(update, now, received, length, effects)) {
      effects.reply(received, data(serving, request.fileOffset(), length), blockOptions);
      sent(update, serving, now, received, request.fileOffset(), length, effects);
    }
  }

  /** A client asks for a page: the first block answers, the others follow with its spacing. */
  public void page(
      Device device, Now now, Received received, ImagePageRequest request, Effects effects) {
    Update update = find(device, now, received, request.image(), request.fileOffset(), effects);
    if (update == null) {
      return;
    }
    Serving serving = served(update);
    int size = blockSize(update, serving, request.maximumDataSize());
    if (size == 0
        || request.pageSizeOctets() < 1
        || request.responseSpacingMs() > parameters.pageSpacingMaximumMs()) {
      reply(received, DefaultResponse.to(received.message(), ZclStatus.INVALID_VALUE), effects);
      return;
    }
    if (page != null && page.update() != update && !page.isOver(now)) {
      reply(received, wait(parameters.queueWaitMs(), OptionalInt.empty()), effects);
      return;
    }
    Page begun = Page.of(update, serving, request, size, now, parameters);
    int length = begun.length();
    boolean begins = mayTake(update, now, received, length, effects);
    goesOn(begins ? begun : null);
    if (begins) {
      effects.reply(received, data(serving, begun.next(), length), blockOptions.unacknowledged());
      advance(begun, now, received, length, effects);
    }
  }

  private void advance(
      Page begun, Now now, @Nullable Received received, int length, Effects effects) {
    sent(begun.update(), begun.serving(), now, received, begun.next(), length, effects);
    goesOn(begun.sent(now, length) ? begun : null);
  }

  private void goesOn(@Nullable Page next) {
    page = next;
    timers.set(HubTimer.PAGE, next == null ? Long.MAX_VALUE : next.dueNanos());
  }

  /** Sends the next block of the page if it is due. */
  public void timer(Now now, Effects effects) {
    Page current = page;
    if (current == null || now.monotonicNanos() < current.dueNanos()) {
      return;
    }
    Update update = current.update();
    int length = current.length();
    // Where it ends early, the device asks for the rest, and is told then how long to wait.
    if (update.transfer().serving() != current.serving()
        || update.phase() != Phase.TRANSFERRING
        || current.isOver(now)
        || (airtime != null && !airtime.spend(now, airtimeMicros(length)))) {
      goesOn(null);
      return;
    }
    effects.send(
        update.client(),
        data(current.serving(), current.next(), length),
        blockOptions.unacknowledged());
    advance(current, now, null, length, effects);
  }

  private int blockSize(Update update, Serving serving, int asked) {
    int fits = ZclCodec.maximumBlockData(maximumPayload.applyAsInt(update.client()));
    return Math.min(asked, Math.min(fits, serving.maximumDataSize()));
  }

  private static ImageBlockResponse data(Serving serving, long offset, int length) {
    Octets octets = serving.file().octets(offset, length);
    return new ImageBlockResponse.Success(serving.image(), offset, octets);
  }

  private static Serving served(Update update) {
    Serving serving = update.transfer().serving();
    if (serving == null) {
      throw new AssertionError("nothing is served to " + update.name());
    }
    return serving;
  }

  /** The update in which this file is served; null if it was answered otherwise. */
  private @Nullable Update find(
      Device device, Now now, Received received, ImageId image, long offset, Effects effects) {
    Update update = device.serving(received.source().endpoint(), image);
    if (update == null) {
      update = open(device, now, received, image, effects);
      if (update == null) {
        return null;
      }
    }
    if (offset >= served(update).sizeOctets()) {
      reply(received, DefaultResponse.to(received.message(), ZclStatus.MALFORMED_COMMAND), effects);
      return null;
    }
    if (update.phase() == Phase.PAUSED) {
      reply(received, wait(parameters.queueWaitMs(), OptionalInt.empty()), effects);
      return null;
    }
    if (update.transfer().mustBeginAnew()) {
      if (offset != 0) {
        reply(received, ImageBlockResponse.Refusal.ABORT, effects);
        return null;
      }
      update.transfer().beginsAnew();
    }
    return update;
  }

  /** After a restart, or for a device that goes on without a query. */
  private @Nullable Update open(
      Device device, Now now, Received received, ImageId image, Effects effects) {
    Peer client = received.source();
    Update update = device.about(client.endpoint(), image);
    if (update == null) {
      update = devices.asked(device, client, image.imageType());
    }
    if (update != null && update.isGivenUp()) {
      reply(received, ImageBlockResponse.Refusal.ABORT, effects);
      return null;
    }
    StoredImage stored = null;
    if (update != null && (update.offer() == null || Objects.equals(image, update.wantedFile()))) {
      stored = offers.named(update, image, now).stored();
    }
    if (update == null || stored == null) {
      reply(
          received, DefaultResponse.to(received.message(), ZclStatus.NO_IMAGE_AVAILABLE), effects);
      return null;
    }
    if (update.transfer().serve(offers.open(stored, image))) {
      pending.addShown(update);
    }
    return update;
  }

  private boolean setsPeriod(Update update, Now now, Received received, int says, Effects effects) {
    OptionalInt other =
        update.blockPeriod().correction(now, says, parameters.minimumBlockPeriodMs());
    if (other.isPresent()) {
      reply(
          received,
          new ImageBlockResponse.WaitForData(ZigBeeTime.ZERO, ZigBeeTime.ZERO, other),
          effects);
    }
    return other.isPresent();
  }

  private long airtimeMicros(int length) {
    return (long) (parameters.frameOverheadOctets() + length) * parameters.airtimeMicrosPerOctet();
  }

  /** Whether there is airtime and a slot for a block; else the device was told to wait. */
  private boolean mayTake(Update update, Now now, Received received, int length, Effects effects) {
    if (airtime == null) {
      return admit(update, now, received, effects);
    }
    if (!airtime.has(now, airtimeMicros(length))) {
      reply(received, wait(airtime.freeInMillis(now), OptionalInt.empty()), effects);
      return false;
    }
    return admit(update, now, received, effects) && airtime.spend(now, airtimeMicros(length));
  }

  /**
   * Whether the device has a slot for its transfer now; else it was told to wait. Only a request
   * that is served takes one. Whoever has the image already needs none: its request is a late copy.
   */
  private boolean admit(Update update, Now now, Received received, Effects effects) {
    if (update.hasImage() || queue.admit(update, now)) {
      return true;
    }
    steps.fire(update, HubStimulus.NO_SLOT, new Call(now, effects, received));
    reply(received, wait(parameters.queueWaitMs(), OptionalInt.empty()), effects);
    return false;
  }

  private static ImageBlockResponse wait(long millis, OptionalInt period) {
    return new ImageBlockResponse.WaitForData(
        ZigBeeTime.ZERO, new ZigBeeTime(Math.max(1, (millis + 999) / 1000)), period);
  }

  private void sent(
      Update update,
      Serving serving,
      Now now,
      @Nullable Received received,
      long offset,
      int length,
      Effects effects) {
    if (update.hasImage()) {
      return;
    }
    long before = update.transfer().fileOffset();
    // What a page sends is no sign of the device.
    update.transfer().blockFrom(offset);
    if (received != null) {
      update.transfer().requested(now);
    }
    if (update.phase() != Phase.TRANSFERRING) {
      steps.fire(update, HubStimulus.SERVED, new Call(now, effects, received));
    }
    long end = offset + length;
    if (update.transfer().blockTo(now, serving, before, end, received != null)) {
      effects.report(
          new UpdateEvent.Transferring(
              update.client().address(),
              serving.image(),
              serving.sizeOctets(),
              end,
              update.remainingMillis()));
    }
    if (end == serving.sizeOctets()) {
      steps.fire(update, HubStimulus.LAST_BLOCK, new Call(now, effects, received));
    }
  }

  private void reply(Received received, ZclMessage message, Effects effects) {
    effects.reply(received, message, options);
  }

  /** Writes what decides what happens next besides the updates themselves. */
  public void describe(StateWriter out) {
    if (page != null) {
      page.describe(out);
    }
    if (airtime != null) {
      airtime.describe(out);
    }
  }
}
