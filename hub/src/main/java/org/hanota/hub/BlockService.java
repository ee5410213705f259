// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.jspecify.annotations.Nullable;

/**
 * Answers block and page requests: by the offset that they name, never by what went before. [ZCL
 * 11.13.6]
 */
final class BlockService {
  private final HubActions actions;
  private final HubParameters parameters;
  private final ToIntFunction<Peer> maximumPayload;
  private final SendOptions blockOptions;
  private final @Nullable AirtimeBudget airtime;
  private @Nullable Page page;

  /** The page that goes out: one at a time. */
  private static final class Page {
    final DeviceEntry entry;
    final OctetSource file;
    final int blockSize;
    final long end;
    final long spacingMs;
    long next;
    long dueNanos;

    Page(DeviceEntry entry, OctetSource file, int blockSize, long next, long end, long spacingMs) {
      this.entry = entry;
      this.file = file;
      this.blockSize = blockSize;
      this.next = next;
      this.end = end;
      this.spacingMs = spacingMs;
    }
  }

  BlockService(HubActions actions, ToIntFunction<Peer> maximumPayload) {
    this.actions = actions;
    this.parameters = actions.parameters;
    this.maximumPayload = maximumPayload;
    this.blockOptions = actions.options.withPriority(SendOptions.Priority.BULK);
    this.airtime =
        parameters.airtimeMsPerHour() == 0
            ? null
            : new AirtimeBudget(parameters.airtimeMsPerHour() * 1000);
  }

  void block(DeviceEntry entry, Received received, ImageBlockRequest request) {
    OctetSource file = find(entry, received, request.image(), request.fileOffset());
    if (file == null) {
      return;
    }
    if (request.options().minimumBlockPeriod().isPresent()
        && setsPace(entry, received, request.options().minimumBlockPeriod())) {
      return;
    }
    int size = blockSize(entry, request.maximumDataSize());
    if (size == 0) {
      reply(received, DefaultResponse.to(received.message(), ZclStatus.INVALID_FIELD));
      return;
    }
    int length = (int) Math.min(size, file.size() - request.fileOffset());
    if (!mayTake(entry, received, length)) {
      return;
    }
    entry.lastHeardNanos = actions.now().monotonicNanos();
    actions
        .effects()
        .reply(received, data(entry, file, request.fileOffset(), length), blockOptions);
    served(entry, request.fileOffset(), length, file.size());
  }

  void page(DeviceEntry entry, Received received, ImagePageRequest request) {
    OctetSource file = find(entry, received, request.image(), request.fileOffset());
    if (file == null) {
      return;
    }
    int size = blockSize(entry, request.maximumDataSize());
    if (size == 0 || request.pageSizeOctets() < 1) {
      reply(received, DefaultResponse.to(received.message(), ZclStatus.INVALID_VALUE));
      return;
    }
    if (page != null && !page.entry.device.equals(entry.device)) {
      reply(received, wait(parameters.queueWaitMs(), OptionalInt.empty()));
      return;
    }
    Page begun =
        new Page(
            entry,
            file,
            size,
            request.fileOffset(),
            Math.min(request.fileOffset() + request.pageSizeOctets(), file.size()),
            Math.max(request.responseSpacingMs(), parameters.pageSpacingMs()));
    int length = (int) Math.min(size, begun.end - begun.next);
    page = mayTake(entry, received, length) ? begun : null;
    if (page == null) {
      return;
    }
    entry.lastHeardNanos = actions.now().monotonicNanos();
    // The first block answers the request; the others follow with its spacing.
    actions
        .effects()
        .reply(received, data(entry, file, begun.next, length), blockOptions.unacknowledged());
    advance(begun, file, length);
  }

  private void advance(Page begun, OctetSource file, int length) {
    served(begun.entry, begun.next, length, file.size());
    begun.next += length;
    begun.dueNanos = actions.now().plusMillis(begun.spacingMs);
    if (begun.next >= begun.end) {
      page = null;
    }
  }

  /** When the next block of a page is due. */
  long next() {
    return page == null ? Long.MAX_VALUE : page.dueNanos;
  }

  /** Sends the next block of the page if it is due. */
  void timer(Now now) {
    Page current = page;
    if (current == null || now.monotonicNanos() < current.dueNanos) {
      return;
    }
    OctetSource file = current.file;
    if (current.entry.file != file
        || current.entry.phase != Phase.TRANSFERRING
        || isGone(current.entry, now)) {
      // Held, over, or another image is served by now; or nobody has asked for long.
      page = null;
      return;
    }
    int length = (int) Math.min(current.blockSize, current.end - current.next);
    if (airtime != null && !airtime.spend(now, airtimeMicros(length))) {
      // The device asks for the rest, and is told then how long to wait.
      page = null;
      return;
    }
    actions
        .effects()
        .send(
            current.entry.device,
            data(current.entry, file, current.next, length),
            blockOptions.unacknowledged());
    advance(current, file, length);
  }

  private int blockSize(DeviceEntry entry, int asked) {
    int fits = ZclCodec.maximumBlockData(maximumPayload.applyAsInt(entry.device));
    return Math.min(asked, Math.min(fits, entry.maximumDataSize));
  }

  private static ImageBlockResponse data(
      DeviceEntry entry, OctetSource file, long offset, int length) {
    ImageId image = entry.servedImage;
    if (image == null) {
      throw new AssertionError("nothing is served to " + entry.device);
    }
    Octets octets = file.octets(offset, length);
    return new ImageBlockResponse.Success(image, offset, octets);
  }

  /** The file, if this device may have it; else it was answered otherwise. */
  private @Nullable OctetSource find(
      DeviceEntry entry, Received received, ImageId image, long offset) {
    OctetSource file = entry.file;
    if (file == null || !image.equals(entry.servedImage)) {
      file = open(entry, received, image);
      if (file == null) {
        return null;
      }
    }
    if (offset >= file.size()) {
      reply(received, DefaultResponse.to(received.message(), ZclStatus.MALFORMED_COMMAND));
      return null;
    }
    if (entry.phase == Phase.PAUSED) {
      reply(received, wait(parameters.queueWaitMs(), OptionalInt.empty()));
      return null;
    }
    return file;
  }

  /**
   * Whether the device has a place for its transfer now; else it was told to wait. Only a request
   * that is served takes one. Whoever has the image already needs none: its request is a late copy.
   */
  private boolean admit(DeviceEntry entry, Received received) {
    if (entry.hasImage() || actions.queue.admit(entry)) {
      return true;
    }
    actions.fire(entry, HubStimulus.NO_ROOM);
    reply(received, wait(parameters.queueWaitMs(), OptionalInt.empty()));
    return false;
  }

  /** After a restart, or for a device that goes on without a query. */
  private @Nullable OctetSource open(DeviceEntry entry, Received received, ImageId image) {
    if (OfferService.isTakenBack(entry)) {
      reply(received, ImageBlockResponse.Refusal.ABORT);
      return null;
    }
    StoredImage stored = actions.catalogue.named(image, entry).orElse(null);
    boolean offered = entry.offer != null && image.equals(entry.wantedFile());
    if (stored == null
        || !actions.catalogue.mayServe(entry, stored, image)
        || !(offered || (parameters.servesUnasked() && entry.offer == null))) {
      reply(received, DefaultResponse.to(received.message(), ZclStatus.NO_IMAGE_AVAILABLE));
      return null;
    }
    actions.serve(entry, image, stored);
    return entry.file;
  }

  /**
   * Tells the device another pace than the one that it says it keeps. A device that comes back only
   * after so many seconds, and not milliseconds, counts seconds. [ZCL 11.5.3]
   */
  private boolean setsPace(DeviceEntry entry, Received received, OptionalInt says) {
    if (parameters.minimumBlockPeriodMs() == 0 && entry.givenPeriod == 0) {
      return false;
    }
    long elapsedMs = (actions.now().monotonicNanos() - entry.periodGivenNanos) / 1_000_000;
    if (entry.givenPeriod > 0
        && entry.periodGivenNanos != Long.MIN_VALUE
        && !entry.countsSeconds
        && says.getAsInt() == entry.givenPeriod
        && elapsedMs >= entry.givenPeriod * 1000L - entry.givenPeriod * 125L) {
      entry.countsSeconds = true;
    }
    entry.periodGivenNanos = Long.MIN_VALUE;
    int wanted =
        entry.countsSeconds
            ? (parameters.minimumBlockPeriodMs() + 999) / 1000
            : parameters.minimumBlockPeriodMs();
    if (says.getAsInt() == wanted) {
      return false;
    }
    entry.givenPeriod = wanted;
    entry.periodGivenNanos = actions.now().monotonicNanos();
    reply(
        received,
        new ImageBlockResponse.WaitForData(
            ZigBeeTime.ZERO, ZigBeeTime.ZERO, OptionalInt.of(wanted)));
    return true;
  }

  private long airtimeMicros(int length) {
    return (long) (parameters.frameOverheadOctets() + length) * parameters.airtimeMicrosPerOctet();
  }

  /** Whether there is airtime and a place for a block; else the device was told to wait. */
  private boolean mayTake(DeviceEntry entry, Received received, int length) {
    if (airtime == null) {
      return admit(entry, received);
    }
    if (!airtime.has(actions.now(), airtimeMicros(length))) {
      reply(received, wait(airtime.freeInMillis(actions.now()), OptionalInt.empty()));
      return false;
    }
    return admit(entry, received) && airtime.spend(actions.now(), airtimeMicros(length));
  }

  /** Whether a device has been silent for so long that its page goes nowhere. */
  private boolean isGone(DeviceEntry entry, Now now) {
    return now.monotonicNanos() - entry.lastHeardNanos >= parameters.stallMs() * 1_000_000L;
  }

  private static ImageBlockResponse wait(long millis, OptionalInt period) {
    return new ImageBlockResponse.WaitForData(
        ZigBeeTime.ZERO, new ZigBeeTime(Math.max(1, (millis + 999) / 1000)), period);
  }

  private void served(DeviceEntry entry, long offset, int length, long size) {
    if (entry.hasImage()) {
      return;
    }
    long before = entry.fileOffset;
    entry.fileOffset = offset;
    entry.blocks++;
    if (entry.phase != Phase.TRANSFERRING) {
      actions.fire(entry, HubStimulus.SERVED);
    }
    long end = offset + length;
    entry.fileOffset = end;
    if (before < entry.percentFrom || end >= entry.percentTo) {
      percent(entry, before, size);
    }
    if (end == size) {
      entry.wentOut = true;
      actions.fire(entry, HubStimulus.LAST_BLOCK);
    }
  }

  /** Reports the percent if it is another than before, and notes how far it reaches. */
  private void percent(DeviceEntry entry, long before, long size) {
    long end = entry.fileOffset;
    long percent = end * 100 / size;
    entry.percentFrom = (percent * size + 99) / 100;
    entry.percentTo = ((percent + 1) * size + 99) / 100;
    if (percent != before * 100 / size && end > before) {
      if (entry.pace != null) {
        entry.pace.mark(actions.now(), end);
      }
      actions
          .effects()
          .report(
              new UpdateEvent.Transferring(
                  entry.device.address(),
                  entry.servedImage == null ? ImageId.WILD_CARD : entry.servedImage,
                  size,
                  end,
                  remainingMillis(entry)));
    }
  }

  /** Time left at the speed of the last few percent. */
  static OptionalLong remainingMillis(DeviceEntry entry) {
    return entry.pace == null || entry.file == null || entry.phase != Phase.TRANSFERRING
        ? OptionalLong.empty()
        : entry.pace.remainingMillis(entry.file.size() - entry.fileOffset);
  }

  private void reply(Received received, ZclMessage message) {
    actions.effects().reply(received, message, actions.options);
  }
}
