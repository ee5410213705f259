// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.hanota.api.Octets;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.hub.announce.Activations;
import org.hanota.hub.announce.UnsolicitedResponses;
import org.hanota.hub.block.BlockService;
import org.hanota.hub.catalogue.Catalogue;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.gbcs.GbcsRelay;
import org.hanota.hub.gbcs.ImageSlots;
import org.hanota.hub.gbcs.WanDeliveries;
import org.hanota.hub.offer.EndService;
import org.hanota.hub.offer.ImageOrders;
import org.hanota.hub.offer.Offers;
import org.hanota.hub.offer.Parts;
import org.hanota.hub.offer.Quarantine;
import org.hanota.hub.offer.QueryService;
import org.hanota.hub.offer.Queue;
import org.hanota.hub.store.TransferStore;
import org.hanota.hub.update.Deadlines;
import org.hanota.hub.update.DeviceTable;
import org.hanota.hub.update.Expiry;
import org.hanota.hub.update.HubClock;
import org.hanota.hub.update.HubTimer;
import org.hanota.hub.update.PendingChanges;
import org.hanota.hub.update.Update;
import org.hanota.hub.update.UpdateSteps;
import org.jspecify.annotations.Nullable;

/** The parts of a hub, each of which owns its state, and how they are joined. */
final class HubParts {
  private final HubConfig config;
  private final SendOptions options;
  private final HubClock clock;
  private final PendingChanges pending;
  private final Catalogue catalogue;
  private final Quarantine quarantine;
  private final ImageOrders orders;
  private final Offers offers;
  private final Parts parts;
  private final Queue queue;
  private final Timers<HubTimer> timers = new Timers<>(HubTimer.class);
  private final Deadlines deadlines = Deadlines.ofPhases(timers);
  private final Expiry expiry;
  private final Activations activations;
  private final UnsolicitedResponses responses;
  private final DeviceTable devices;
  private final QueryService queries;
  private final EndService ends;
  private final BlockService blocks;
  private final @Nullable GbcsRelay relay;
  private final ImageSlots slots;
  private final WanDeliveries deliveries;
  private final Consumer<Octets> onQuarantine;

  /**
   * @param onQuarantine is told of each file that becomes quarantined, in the middle of a step
   */
  HubParts(
      HubConfig config,
      ImageStore images,
      TransferStore transfers,
      ToIntFunction<Peer> maximumPayload,
      UpdateSteps steps,
      Consumer<Octets> onQuarantine) {
    HubParameters parameters = config.parameters();
    this.config = config;
    this.onQuarantine = onQuarantine;
    options = SendOptions.ACKNOWLEDGED.withEncryption(config.apsEncryption());
    clock = new HubClock(parameters.clock(), parameters.clockCheckMs(), timers);
    pending = new PendingChanges(transfers, parameters.gatherMs(), clock, timers);
    catalogue = new Catalogue(images);
    quarantine = new Quarantine(pending, parameters.quarantineAfter());
    orders = new ImageOrders(pending);
    offers = new Offers(config, catalogue, quarantine, orders);
    parts = new Parts(offers, catalogue);
    queue = new Queue(parameters.concurrentTransfers(), parameters.stallMs());
    expiry = new Expiry(parameters.timeouts());
    activations = new Activations(parameters, deadlines, expiry);
    responses = new UnsolicitedResponses(parameters, options, pending, timers);
    devices = new DeviceTable(parameters, pending, timers);
    queries =
        new QueryService(parameters, options, offers, devices, pending, responses, parts, steps);
    ends = new EndService(options, offers, parts, steps);
    blocks =
        new BlockService(
            parameters, options, maximumPayload, devices, offers, queue, pending, steps, timers);
    relay =
        config
            .gbcs()
            .map(
                identity ->
                    new GbcsRelay(
                        parameters, pending, transfers, config.self().address(), identity))
            .orElse(null);
    deliveries = new WanDeliveries(pending, config.self().address());
    slots = new ImageSlots(parameters, catalogue, devices, pending, steps, relay);
  }

  /** What came over the WAN. */
  WanDeliveries deliveries() {
    return deliveries;
  }

  HubConfig config() {
    return config;
  }

  /** How everything but blocks is sent. */
  SendOptions options() {
    return options;
  }

  /** When something has to be looked at by itself. */
  Timers<HubTimer> timers() {
    return timers;
  }

  HubClock clock() {
    return clock;
  }

  /** The call ends: what it changed is stored, and what a clock that was set changes. */
  void callEnds(Now now) {
    if (clock.movesTimes()) {
      moveTimes(now);
    }
    pending.callEnds(now);
    if (relay != null) {
      timers.set(HubTimer.RELAY, relay.next());
    }
  }

  private void moveTimes(Now now) {
    long setByMs = clock.takeSetByMs();
    boolean countsAnew = clock.takeCountsAnew();
    for (Update update : devices.updates()) {
      update.times().move(setByMs);
      if (countsAnew) {
        expiry.countAnew(update, now);
      }
      if (update.isOpen()) {
        deadlines.soonest(update, expiry.nanos(update, update.phase()));
      }
      pending.add(update);
    }
  }

  PendingChanges pending() {
    return pending;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Quarantine quarantine() {
    return quarantine;
  }

  /** A file is quarantined: it is served to nobody any more. */
  void quarantined(Octets sha256) {
    onQuarantine.accept(sha256);
  }

  ImageOrders orders() {
    return orders;
  }

  Offers offers() {
    return offers;
  }

  Parts parts() {
    return parts;
  }

  Queue queue() {
    return queue;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  Expiry expiry() {
    return expiry;
  }

  Activations activations() {
    return activations;
  }

  UnsolicitedResponses responses() {
    return responses;
  }

  DeviceTable devices() {
    return devices;
  }

  QueryService queries() {
    return queries;
  }

  EndService ends() {
    return ends;
  }

  BlockService blocks() {
    return blocks;
  }

  @Nullable GbcsRelay relay() {
    return relay;
  }

  ImageSlots slots() {
    return slots;
  }

  /** Writes what decides what happens next besides what is stored. */
  void describe(StateWriter out) {
    deliveries.describe(out);
    clock.describe(out);
    devices.describe(out);
    queue.describe(out);
    quarantine.describe(out);
    orders.describe(out);
    blocks.describe(out);
    responses.describe(out);
    pending.describe(out);
    if (relay != null) {
      relay.describe(out);
    }
  }
}
