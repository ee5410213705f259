// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.Now;
import org.hanota.hub.announce.UpgradeAnswer;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.offer.OfferPolicy.Client;
import org.hanota.hub.offer.OfferPolicy.Decision;
import org.hanota.hub.offer.OfferPolicy.Reason;
import org.hanota.hub.offer.Offers;
import org.hanota.hub.update.Device;
import org.hanota.hub.update.Serving;
import org.hanota.hub.update.Times;
import org.hanota.hub.update.Update;
import org.hanota.otaformat.HardwareVersionRange;

/** What an operator asks a hub; changes nothing. */
final class HubQuestions {
  private final HubParts parts;

  HubQuestions(HubParts parts) {
    this.parts = parts;
  }

  private static Answer refused(String reason) {
    return new Answer.Refused(reason);
  }

  private static HubStatus.DeviceStatus status(Update update) {
    Serving serving = update.transfer().serving();
    Times times = update.times();
    boolean hasTime = update.hasImage() && times.isTimeAnnounced();
    long runsUtcMillis = hasTime ? times.phaseUtcMillis() : Now.UTC_UNKNOWN;
    return new HubStatus.DeviceStatus(
        update.client(),
        Optional.ofNullable(update.running()),
        update.hardwareVersion(),
        update.phase(),
        Optional.ofNullable(update.wantedFile()),
        update.transfer().fileOffset(),
        serving == null ? 0 : serving.stored().sizeOctets(),
        update.remainingMillis(),
        runsUtcMillis == Now.UTC_UNKNOWN ? OptionalLong.empty() : OptionalLong.of(runsUtcMillis),
        update.transfer().blocks(),
        update.failure());
  }

  /** Whether an offer would be taken now, and if not, why. */
  Answer check(Offer offer) {
    Optional<String> time = UpgradeAnswer.refusal(offer.when());
    if (time.isPresent()) {
      return refused(time.get());
    }
    List<StoredImage> named = parts.catalogue().named(offer.image());
    if (named.isEmpty()) {
      return refused("no image " + offer.image() + " in the catalogue");
    }
    Optional<Device> device = parts.devices().find(offer.device().address());
    Update update =
        device
            .map(known -> known.offered(offer.device().endpoint(), offer.image().imageType()))
            .orElse(null);
    Client client =
        update != null
            ? Offers.client(update)
            : new Client(
                offer.device().address(),
                Optional.empty(),
                device.flatMap(
                    known ->
                        known.otherModel(offer.device().endpoint(), offer.image().imageType())),
                Optional.empty());
    String refusal = "";
    for (StoredImage stored : named) {
      Decision decision = parts.offers().decide(client, stored, offer);
      if (!(decision instanceof Decision.Refused no)
          || (no.reason() == Reason.PREDECESSOR && client.running().isEmpty())) {
        // What runs there is known only once the device asks.
        return new Answer.Accepted();
      }
      refusal = refusal.isEmpty() ? no.text() : refusal;
    }
    return refused(refusal);
  }

  HubStatus status(HubStatus.Page page) {
    List<HubStatus.DeviceStatus> shown = new ArrayList<>();
    Optional<Eui64> next = Optional.empty();
    int devices = 0;
    for (Device device : parts.devices().inOrder().tailMap(page.from(), true).values()) {
      if (devices == page.limit()) {
        next = Optional.of(device.address());
        break;
      }
      devices++;
      device.updates().forEach(update -> shown.add(status(update)));
    }
    return new HubStatus(
        parts.config().self().address(),
        shown,
        next,
        parts.devices().size(),
        parts.queue().slotsInUse(),
        parts.queue().waiting(),
        parts.queue().slots(),
        Optional.empty(),
        parts.clock().doubtedUtcMillis(),
        Optional.empty());
  }

  List<CatalogueImage> catalogue() {
    return parts.catalogue().images().stream().map(this::shown).toList();
  }

  private CatalogueImage shown(StoredImage stored) {
    Optional<HardwareVersionRange> hardware = stored.hardwareVersions();
    return new CatalogueImage(
        stored.name(),
        stored.header().image(),
        stored.sizeOctets(),
        stored.sha256(),
        hardware.map(HardwareVersionRange::minimum),
        hardware.map(HardwareVersionRange::maximum),
        stored.destination(),
        parts.quarantine().holds(stored)
            ? Optional.of(parts.quarantine().failures(stored.sha256()) + " devices failed with it")
            : Optional.empty(),
        order(stored));
  }

  /** An operator may name it with its wild card, or by the code of its devices. */
  private Optional<ImageOrder> order(StoredImage stored) {
    return parts
        .orders()
        .about(stored.header().image())
        .or(() -> parts.orders().all().filter(order -> stored.isNamed(order.image())).findFirst());
  }
}
