// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.zcl.AttributeValue;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.OtaCommand;
import org.hanota.api.zcl.QueryDeviceSpecificFileRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;

/**
 * The OTA server of a home. Whatever outlives a restart is in its two stores: a device goes on
 * where it was, since each of its requests says so.
 */
public final class HubMachine implements Machine {
  private final HubConfig config;
  private final Catalogue catalogue;
  private final TransferStore transfers;
  private final HubActions actions;
  private final ImageSlots slots;
  private final OfferService offers;
  private final BlockService blocks;
  private final DeviceTable devices;
  private long toldWake = Long.MAX_VALUE;

  /**
   * Makes a hub that has not started yet.
   *
   * @param images its images, which outlive this object
   * @param transfers its memory of its devices, which outlives this object
   * @param maximumPayload the most octets of a ZCL frame to a device, as its transport says
   */
  public HubMachine(
      HubConfig config,
      ImageStore images,
      TransferStore transfers,
      ToIntFunction<Peer> maximumPayload) {
    this.config = config;
    this.transfers = transfers;
    this.actions = new HubActions(config, images, transfers);
    this.catalogue = actions.catalogue;
    this.devices = new DeviceTable(config.parameters(), actions.unsaved);
    this.slots = new ImageSlots(actions, catalogue);
    this.offers = new OfferService(actions);
    this.blocks = new BlockService(actions, maximumPayload);
  }

  @Override
  public void onStart(Now now, Effects effects) {
    actions.enter(now, effects, null);
    catalogue.start();
    devices.start(now, transfers.records());
    for (DeviceEntry entry : devices.inOrder().values()) {
      actions.queue.after(entry.turn);
    }
    for (DeviceEntry entry : devices.inOrder().values()) {
      resume(now, entry);
    }
    if (actions.gbcs != null) {
      actions.gbcs.start();
    }
    finish(effects);
  }

  /** A restart must not make an offer live longer than it may, as far as the clock can tell. */
  private void resume(Now now, DeviceEntry entry) {
    if (entry.recalled) {
      actions.words.recall(entry);
    }
    if (entry.phase == Phase.IDLE
        || entry.phase == Phase.CONFIRMED
        || entry.phase == Phase.FAILED) {
      return;
    }
    long held = Math.max(0, sinceMillis(now, entry.sinceUtcMillis));
    entry.holdEndNanos =
        now.plusMillis(Math.max(0, actions.expiry.millis(entry, Timed.HOLDING) - held));
    entry.phaseNanos = now.plusMillis(-sinceMillis(now, entry.phaseUtcMillis));
    entry.activationNanos = entry.phaseNanos;
    switch (entry.phase) {
      case QUEUED, NOTIFIED, TRANSFERRING, VERIFYING -> {
        if (entry.offer != null) {
          // It is told again, since it may have missed it while the hub was away.
          entry.phase = Phase.QUEUED;
          actions.queue.await(entry);
          actions.fire(entry, HubStimulus.DUE);
        } else {
          entry.phase = Phase.IDLE;
        }
      }
      case WAITING, ACTIVATING -> {
        // Likewise the time.
        entry.untold = entry.offer != null;
        actions.fire(entry, HubStimulus.DUE);
      }
      default -> actions.deadlines.set(entry, actions.expiry.nanos(entry, entry.phase));
    }
  }

  /** How long ago that was, negative for the future; 0 if a clock is missing. */
  private static long sinceMillis(Now now, long utcMillis) {
    return now.knowsUtc() && utcMillis != Now.UTC_UNKNOWN ? now.utcMillis() - utcMillis : 0;
  }

  @Override
  public void onReceive(Now now, Received received, Effects effects) {
    ZclMessage message = received.message();
    if (received.delivery() == Delivery.BROADCAST) {
      return;
    }
    actions.enter(now, effects, received);
    if (message instanceof Tunnelled tunnelled) {
      if (actions.gbcs != null) {
        actions.gbcs.fromDevice(received.source(), tunnelled.octets());
      }
      finish(effects);
      return;
    }
    DeviceEntry entry = devices.heard(now, received.source());
    if (entry == null) {
      refuse(received, effects);
    } else if (message instanceof ImageBlockRequest request) {
      blocks.block(entry, received, request);
    } else if (message instanceof ImagePageRequest request) {
      blocks.page(entry, received, request);
    } else if (message instanceof QueryNextImageRequest query) {
      offers.query(entry, query);
    } else if (message instanceof UpgradeEndRequest end) {
      offers.end(entry, end, received);
    } else if (message instanceof QueryDeviceSpecificFileRequest query) {
      offers.deviceSpecificFile(entry, query, received);
    }
    finish(effects);
  }

  /** A stranger for whom there is no place. */
  private void refuse(Received received, Effects effects) {
    ZclMessage message = received.message();
    if (!(message instanceof OtaCommand)) {
      return;
    }
    effects.report(new HubEvent.DevicesFull(received.source().address(), devices.size()));
    effects.reply(
        received,
        message instanceof QueryNextImageRequest
            ? new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE)
            : DefaultResponse.to(message, ZclStatus.NO_IMAGE_AVAILABLE),
        actions.options);
  }

  @Override
  public void onSent(Now now, long sendId, SendResult result, Effects effects) {
    // What to do about a lost answer, only the client decides. [ZCL 11.16]
    if (actions.words.awaitsResults() || actions.gbcs != null) {
      actions.enter(now, effects, null);
      actions.words.sent(sendId, result);
      if (actions.gbcs != null) {
        actions.gbcs.sent(sendId, result == SendResult.DELIVERED);
      }
      finish(effects);
    }
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    actions.enter(now, effects, null);
    if (input instanceof HubInput.Start start) {
      actions.offer(devices.offered(now, start.offer().device()), start.offer());
    } else if (input instanceof HubInput.Pause pause) {
      devices.find(pause.device()).ifPresent(entry -> actions.fire(entry, HubStimulus.PAUSE));
    } else if (input instanceof HubInput.Resume resume) {
      devices.find(resume.device()).ifPresent(entry -> actions.fire(entry, HubStimulus.RESUME));
    } else if (input instanceof HubInput.Abort abort) {
      devices.find(abort.device()).ifPresent(entry -> actions.fire(entry, HubStimulus.ABORT));
    } else if (input instanceof HubInput.ImagesChanged) {
      catalogue.load();
    } else if (input instanceof HubInput.FromWan fromWan) {
      if (actions.gbcs != null) {
        actions.gbcs.fromWan(
            fromWan.message(), address -> devices.find(address).map(entry -> entry.device));
      }
    } else if (input instanceof HubInput.ImageFromWan image) {
      slots.take(image, device -> devices.offered(now, device), devices.inOrder().values());
    } else if (!(input instanceof Input.ServerFound) && !(input instanceof Input.NoServer)) {
      throw new IllegalArgumentException("input is " + input + ", allowed those of a hub");
    }
    finish(effects);
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    actions.enter(now, effects, null);
    toldWake = Long.MAX_VALUE;
    DeviceEntry due = actions.deadlines.take(now);
    while (due != null) {
      actions.fire(due, HubStimulus.DUE);
      due = actions.deadlines.take(now);
    }
    blocks.timer(now);
    devices.timer(now);
    if (actions.gbcs != null) {
      actions.gbcs.timer(now);
    }
    finish(effects);
  }

  /** What the call changed is stored before anybody is told. */
  private void finish(Effects effects) {
    actions.unsaved.save();
    long next = Math.min(Math.min(actions.deadlines.next(), blocks.next()), devices.next());
    if (actions.gbcs != null) {
      next = Math.min(next, actions.gbcs.next());
    }
    if (next != toldWake) {
      toldWake = next;
      effects.wakeAt(next);
    }
  }

  /** Whether an offer would be taken now, and if not, why. */
  public HubControl.Answer check(Offer offer) {
    Optional<String> time = UpgradeAnswer.refusal(offer.when());
    if (time.isPresent()) {
      return new HubControl.Answer.Refused(time.get());
    }
    DeviceEntry entry = devices.find(offer.device().address()).orElse(null);
    Optional<StoredImage> stored =
        entry == null ? catalogue.named(offer.image()) : catalogue.named(offer.image(), entry);
    if (stored.isEmpty()) {
      return new HubControl.Answer.Refused("no image " + offer.image() + " in the catalogue");
    }
    if (catalogue.isQuarantined(stored.get())) {
      return new HubControl.Answer.Refused(
          stored.get().name()
              + " is quarantined after so many failures in a row; taken out of the hub's images and"
              + " put in again, it is not");
    }
    if (!stored.get().isFor(offer.device().address())) {
      return new HubControl.Answer.Refused(stored.get().name() + " is for another device");
    }
    if (entry == null || entry.running == null) {
      return new HubControl.Answer.Accepted();
    }
    ImageId running = entry.running;
    if (!running.withVersion(offer.image().fileVersion()).equals(offer.image())) {
      return new HubControl.Answer.Refused(
          "the device runs " + running + ", which is another model than " + offer.image());
    }
    if (!catalogue.mayHave(entry, stored.get(), running.fileVersion())) {
      return new HubControl.Answer.Refused(
          stored.get().name()
              + " is not for hardware "
              + entry.hardwareVersion
              + " with "
              + running);
    }
    if (offer.downgrade().isEmpty()
        && offer.image().fileVersion().compareTo(running.fileVersion()) <= 0) {
      return new HubControl.Answer.Refused(
          "the device runs " + running.fileVersion() + "; a downgrade needs a permission");
    }
    return new HubControl.Answer.Accepted();
  }

  /** What the hub knows now, of the devices of that page. */
  public HubStatus status(HubStatus.Page page) {
    NavigableMap<Eui64, DeviceEntry> from = devices.inOrder().tailMap(page.from(), true);
    List<HubStatus.DeviceStatus> shown = new ArrayList<>();
    Optional<Eui64> next = Optional.empty();
    for (DeviceEntry entry : from.values()) {
      if (shown.size() >= page.limit()) {
        next = Optional.of(entry.device.address());
        break;
      }
      shown.add(
          new HubStatus.DeviceStatus(
              entry.device,
              Optional.ofNullable(entry.running),
              Optional.ofNullable(entry.hardwareVersion),
              entry.phase,
              Optional.ofNullable(entry.wantedFile()),
              entry.fileOffset,
              entry.stored == null ? 0 : entry.stored.sizeOctets(),
              BlockService.remainingMillis(entry),
              entry.blocks,
              Optional.ofNullable(entry.failure)));
    }
    return new HubStatus(
        config.self().address(),
        shown,
        next,
        devices.size(),
        actions.queue.taken(),
        actions.queue.waiting(),
        actions.queue.places());
  }

  /** What the hub knows now, of all devices. */
  public HubStatus status() {
    return status(HubStatus.Page.ALL);
  }

  /** The images that the hub holds. */
  public List<CatalogueImage> catalogue() {
    return Collections.unmodifiableList(catalogue.images());
  }

  /** Bit 0 of the Functional Notification Flags tells a sleepy gas meter of firmware. [ZSE D.3] */
  @Override
  public Optional<AttributeValue> attribute(int clusterId, Direction side, int attributeId) {
    if (clusterId != Clusters.METERING
        || side != Direction.CLIENT_TO_SERVER
        || attributeId != FUNCTIONAL_NOTIFICATION_FLAGS) {
      return Optional.empty();
    }
    boolean news =
        devices.inAnyOrder().stream()
            .anyMatch(entry -> entry.offer != null && entry.phase == Phase.NOTIFIED);
    return Optional.of(
        new AttributeValue(AttributeValue.DataType.BITMAP32, news ? NEW_OTA_FIRMWARE : 0));
  }

  /** Client attribute of the Metering cluster. */
  public static final int FUNCTIONAL_NOTIFICATION_FLAGS = 0x0000;

  /** Its bit for new firmware. */
  public static final long NEW_OTA_FIRMWARE = 1;

  @Override
  public void describe(StateWriter out) {
    for (DeviceEntry entry : devices.inOrder().values()) {
      out.put("device", entry.toRecord()).put("admitted", entry.admitted);
    }
  }
}
