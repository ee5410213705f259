// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.api.machine.TransitionTable;
import org.hanota.api.machine.UpdateEvent.Failure;
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
import org.hanota.hub.announce.Activations;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.gbcs.GbcsRelay;
import org.hanota.hub.store.TransferRecord;
import org.hanota.hub.store.TransferStore;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Cause;
import org.hanota.hub.update.Device;
import org.hanota.hub.update.HubStimulus;
import org.hanota.hub.update.HubTimer;
import org.hanota.hub.update.Update;
import org.jspecify.annotations.Nullable;

/**
 * The OTA server of a home. Whatever outlives a restart is in its two stores: a device goes on
 * where it was, since each of its requests says so.
 */
public final class HubMachine implements Machine {
  private final TransferStore transfers;
  private final HubSteps steps;
  private final HubParts parts;
  private final OperatorOrders operator;
  private final Withdrawals withdrawals;

  /**
   * Files that this call has quarantined. At a start they are all that are held: whoever was to
   * hear of one, and what was to be stopped for it, may have been lost with the power. [hanota
   * H177]
   */
  private final List<Octets> quarantined = new ArrayList<>();

  private final Timers<HubTimer> timers;

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
    this(config, images, transfers, maximumPayload, HubTransitions.TABLE);
  }

  HubMachine(
      HubConfig config,
      ImageStore images,
      TransferStore transfers,
      ToIntFunction<Peer> maximumPayload,
      TransitionTable<Phase, HubStimulus, UpdateStep> table) {
    this.transfers = transfers;
    this.steps = new HubSteps(table, config, images, transfers, maximumPayload, quarantined::add);
    this.parts = steps.parts();
    this.timers = parts.timers();
    this.operator = new OperatorOrders(parts, steps);
    this.withdrawals = new Withdrawals(parts, steps);
  }

  @Override
  public void onStart(Now shown, Effects effects) {
    parts.clock().start(shown, transfers.clock());
    Now now = parts.clock().read(shown, effects);
    Call call = new Call(now, effects, null);
    parts.catalogue().load();
    parts.quarantine().start(transfers.failures());
    parts.orders().start(transfers.orders());
    parts.quarantine().keepOnly(parts.catalogue().files());
    List<TransferRecord> records = transfers.records();
    parts.devices().start(now, parts.clock().unconfirmedMs(), records);
    records.forEach(record -> parts.queue().after(record.turn()));
    steps.restart(call);
    parts.deliveries().start(transfers.waiting());
    quarantined.addAll(parts.quarantine().held());
    if (parts.relay() == null) {
      withdrawals.withoutImage(call);
    } else {
      parts.relay().start(call);
    }
    finish(call);
  }

  @Override
  public void onReceive(Now shown, Received received, Effects effects) {
    if (received.delivery() == Delivery.BROADCAST) {
      return;
    }
    Now now = parts.clock().read(shown, effects);
    ZclMessage message = received.message();
    if (message instanceof ImageBlockRequest || message instanceof ImagePageRequest) {
      onBlockRequest(now, received, effects);
    } else {
      onOtherMessage(new Call(now, effects, received));
    }
    finish(now, effects);
  }

  private void onBlockRequest(Now now, Received received, Effects effects) {
    Device device = parts.devices().seen(now, received.source().address());
    if (device == null) {
      refuse(received, effects);
    } else if (received.message() instanceof ImageBlockRequest request) {
      parts.blocks().block(device, now, received, request, effects);
    } else if (received.message() instanceof ImagePageRequest request) {
      parts.blocks().page(device, now, received, request, effects);
    }
  }

  private void onOtherMessage(Call call) {
    Received received = call.message();
    if (received.message() instanceof Tunnelled tunnelled) {
      if (parts.relay() != null) {
        parts.relay().fromDevice(received.source(), tunnelled.octets(), call);
      }
      return;
    }
    Device device = parts.devices().seen(call.now(), received.source().address());
    if (device == null) {
      refuse(received, call.effects());
    } else if (received.message() instanceof QueryNextImageRequest query) {
      parts.queries().query(device, query, call);
    } else if (received.message() instanceof UpgradeEndRequest end) {
      parts.ends().end(device, end, call);
    } else if (received.message() instanceof QueryDeviceSpecificFileRequest query) {
      parts.queries().query(device, query, call);
    }
  }

  /** A stranger for whom there is no place. */
  private void refuse(Received received, Effects effects) {
    ZclMessage message = received.message();
    if (message instanceof OtaCommand) {
      effects.report(new HubEvent.DevicesFull(received.source().address(), parts.devices().size()));
      effects.reply(
          received,
          message instanceof QueryNextImageRequest
              ? new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE)
              : DefaultResponse.to(message, ZclStatus.NO_IMAGE_AVAILABLE),
          parts.options());
    }
  }

  @Override
  public void onSent(Now shown, long sendId, SendResult result, Effects effects) {
    // What to do about a lost answer, only the client decides. [ZCL 11.16]
    GbcsRelay relay = parts.relay();
    if (parts.responses().awaitsResults() || relay != null) {
      Now now = parts.clock().read(shown, effects);
      Call call = new Call(now, effects, null);
      parts.responses().sent(now, sendId, result);
      if (relay != null) {
        relay.sent(sendId, result == SendResult.DELIVERED, call);
      }
      finish(call);
    }
  }

  @Override
  public void onInput(Now shown, Input input, Effects effects) {
    Now now = parts.clock().read(shown, effects);
    Call call = new Call(now, effects, null);
    if (input instanceof HubInput.Start start) {
      Offer offer = start.offer();
      steps.offer(
          parts.devices().offered(now, offer.device(), offer.image().imageType()), offer, call);
    } else if (input instanceof HubInput.ImagesChanged) {
      parts.catalogue().load();
      parts.quarantine().keepOnly(parts.catalogue().files());
      withdrawals.withoutImage(call);
    } else if (input instanceof HubInput.Delivered delivered) {
      parts.deliveries().take(delivered, what -> fromHeadEnd(what, call), call);
    } else if (input instanceof HubInput.FromHeadEnd what) {
      WanLink.End unused = fromHeadEnd(what, call).orElseGet(WanLink.End.Kept::new);
    } else if (input instanceof HubInput.Acknowledged message) {
      if (parts.relay() != null) {
        parts.relay().acknowledged(message.sha256());
      }
    } else if (!(input instanceof HubInput order && operator.take(order, call))
        && !(input instanceof Input.ServerFound)
        && !(input instanceof Input.NoServer)) {
      throw new IllegalArgumentException("input is " + input + ", allowed those of a hub");
    }
    finish(call);
  }

  /** What becomes of it; empty if it shall come again. */
  private Optional<WanLink.End> fromHeadEnd(HubInput.FromHeadEnd what, Call call) {
    if (what instanceof HubInput.ImageFromWan image) {
      return Optional.of(parts.slots().take(image, call));
    }
    if (parts.relay() == null) {
      return Optional.of(new WanLink.End.Refused("this hub carries no GBCS messages"));
    }
    return parts.relay().fromWan(((HubInput.FromWan) what).message(), this::client, call);
  }

  /** Where a device's messages go: the client that it was heard of first. */
  private Optional<Peer> client(Eui64 device) {
    return parts.devices().find(device).stream()
        .flatMap(known -> known.updates().stream())
        .findFirst()
        .map(Update::client);
  }

  @Override
  public void onTimer(Now shown, Effects effects) {
    Now now = parts.clock().read(shown, effects);
    Call call = new Call(now, effects, null);
    timers.woken();
    for (@Nullable Update due = parts.deadlines().take(now);
        due != null;
        due = parts.deadlines().take(now)) {
      due(due, call);
    }
    parts.responses().timer(call, steps);
    parts.blocks().timer(now, effects);
    parts.devices().timer(now);
    if (parts.relay() != null) {
      parts.relay().timer(call);
    }
    finish(call);
  }

  /** An update's time has come: to expire, or to look at it again. */
  private void due(Update update, Call call) {
    Optional<String> ranOut = parts.expiry().ranOut(update, call.now());
    if (ranOut.isPresent()) {
      steps.fire(
          update, HubStimulus.EXPIRED, Cause.Failing.of(Failure.EXPIRED, ranOut.get()), call);
      return;
    }
    switch (update.phase()) {
      case NOTIFIED -> steps.fire(update, HubStimulus.NOTIFY_DUE, call);
      case TRANSFERRING, VERIFYING -> steps.fire(update, HubStimulus.PROGRESS_DUE, call);
      case WAITING, ACTIVATING -> {
        if (parts.activations().isOtherTime(update, call.now())) {
          update.announcement().resetResponses();
          steps.fire(update, HubStimulus.ANNOUNCE, call);
        } else if (Activations.hasCome(update, call.now())) {
          steps.fire(update, HubStimulus.TIME_CAME, call);
        } else {
          parts.activations().setTimer(update, update.phase(), call.now());
        }
      }
      case QUEUED, PAUSED ->
          parts.deadlines().set(update, parts.expiry().nanos(update, update.phase()));
      case IDLE, CONFIRMED, FAILED -> throw new AssertionError("a timer without an update");
    }
  }

  private void finish(Call call) {
    finish(call.now(), call.effects());
  }

  /** What the call changed is stored before anybody is told. */
  private void finish(Now now, Effects effects) {
    while (!quarantined.isEmpty()) {
      withdrawals.quarantined(quarantined.remove(0), new Call(now, effects, null));
    }
    parts.callEnds(now);
    timers.arm(effects);
  }

  @Override
  public void gather() {
    parts.pending().gather();
  }

  @Override
  public int owed() {
    return parts.pending().owed();
  }

  @Override
  public void settle(Now now) {
    parts.pending().settle(now);
  }

  /** Whether an offer would be taken now, and if not, why. */
  public Answer check(Offer offer) {
    return new HubQuestions(parts).check(offer);
  }

  /** Whether an order about updates would be taken now, and if not, why. */
  public Answer check(HubInput order) {
    return operator.check(order);
  }

  /** What the hub knows now, of the devices of that page. */
  public HubStatus status(HubStatus.Page page) {
    return new HubQuestions(parts).status(page);
  }

  /** What the hub knows now, of all devices. */
  public HubStatus status() {
    return status(HubStatus.Page.ALL);
  }

  /** The images that the hub holds. */
  public List<CatalogueImage> catalogue() {
    return new HubQuestions(parts).catalogue();
  }

  /** Bit 0 of the Functional Notification Flags tells a sleepy gas meter of firmware. [ZSE D.3] */
  @Override
  public Optional<AttributeValue> attribute(int clusterId, Direction side, int attributeId) {
    if (clusterId != Clusters.METERING
        || side != Direction.CLIENT_TO_SERVER
        || attributeId != FUNCTIONAL_NOTIFICATION_FLAGS) {
      return Optional.empty();
    }
    Collection<Device> devices = parts.devices().inAnyOrder();
    boolean news =
        devices.stream()
            .flatMap(device -> device.updates().stream())
            .anyMatch(update -> update.offer() != null && update.phase() == Phase.NOTIFIED);
    return Optional.of(
        new AttributeValue(AttributeValue.DataType.BITMAP32, news ? NEW_OTA_FIRMWARE : 0));
  }

  /** Client attribute of the Metering cluster. */
  public static final int FUNCTIONAL_NOTIFICATION_FLAGS = 0x0000;

  /** Its bit for new firmware. */
  public static final long NEW_OTA_FIRMWARE = 1;

  @Override
  public void describe(StateWriter out) {
    parts.describe(out);
  }
}
