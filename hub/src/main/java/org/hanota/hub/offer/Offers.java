// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.offer;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.Now;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubParameters;
import org.hanota.hub.catalogue.Catalogue;
import org.hanota.hub.catalogue.ModelProfile;
import org.hanota.hub.catalogue.Series;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.offer.OfferPolicy.Client;
import org.hanota.hub.offer.OfferPolicy.Decision;
import org.hanota.hub.offer.OfferPolicy.Memory;
import org.hanota.hub.offer.OfferPolicy.Orders;
import org.hanota.hub.offer.OfferPolicy.Reason;
import org.hanota.hub.update.Ends.Patience;
import org.hanota.hub.update.Serving;
import org.hanota.hub.update.Update;
import org.jspecify.annotations.Nullable;

/** Which file of the catalogue is for which update: asks {@link OfferPolicy} about each. */
public final class Offers {
  private final HubConfig config;
  private final HubParameters parameters;
  private final Catalogue catalogue;
  private final Quarantine quarantine;
  private final ImageOrders imageOrders;

  /** Offers from this catalogue. */
  public Offers(
      HubConfig config, Catalogue catalogue, Quarantine quarantine, ImageOrders imageOrders) {
    this.config = config;
    this.imageOrders = imageOrders;
    this.parameters = config.parameters();
    this.catalogue = catalogue;
    this.quarantine = quarantine;
  }

  /** A file, or why there is none. */
  public record Choice(@Nullable StoredImage stored, Optional<Decision.Refused> refusal) {
    private static final Choice NOTHING = new Choice(null, Optional.empty());

    private static Choice of(StoredImage stored) {
      return new Choice(stored, Optional.empty());
    }

    /** Why an offer of the image ends, if it does. */
    public Optional<Decision.Refused> endOfOffer() {
      return refusal.filter(refused -> refused.reason().endsOffer());
    }
  }

  /** Whether an update may have a file now. */
  public Decision decide(Update update, StoredImage stored, ImageId image, Now now) {
    Optional<Decision> inParts = refusedInParts(stored);
    if (inParts.isPresent()) {
      return inParts.get();
    }
    return OfferPolicy.decide(
        client(update),
        stored,
        whole(update, image),
        orders(update, whole(update, image)),
        memory(update, stored, now));
  }

  /** Whether an operator may offer a file. */
  public Decision decide(Client client, StoredImage stored, Offer offer) {
    Optional<Decision> inParts = refusedInParts(stored);
    if (inParts.isPresent()) {
      return inParts.get();
    }
    return OfferPolicy.decide(
        client,
        stored,
        offer.image(),
        Orders.Offered.of(offer),
        new Memory(quarantine.holds(stored), Patience.TRY));
  }

  /** Without the first of its files none of the others is ever asked for. */
  private Optional<Decision> refusedInParts(StoredImage stored) {
    int parts = parameters.imageParts() ? 1 : catalogue.parts(stored);
    return parts == 1
        ? Optional.empty()
        : Optional.of(
            new Decision.Refused(Reason.IN_PARTS, Catalogue.refusedInParts(stored, parts)));
  }

  /** A client as its update describes it. */
  public static Client client(Update update) {
    return new Client(
        update.client().address(),
        Optional.ofNullable(update.running()),
        update.device().otherModel(update.client().endpoint(), update.imageType()),
        update.hardwareVersion());
  }

  private Orders orders(Update update, ImageId image) {
    Offer offer = update.offer();
    if (offer != null) {
      return Orders.Offered.of(offer);
    }
    if (update.isStopped()) {
      return new Orders.Stopped(update.failure().map(failure -> failure.detail()).orElse(""));
    }
    Optional<ImageOrder> said = imageOrders.about(image);
    // What is under way was begun, or let go on, by a later word.
    if (said.isPresent() && !isUnderWay(update, said.get())) {
      return said.get().kind() == ImageOrder.Kind.ABORTED
          ? new Orders.Stopped(said.get().order())
          : new Orders.Held(said.get().order());
    }
    return parameters.servesUnasked() ? new Orders.Free() : new Orders.OffersOnly();
  }

  /**
   * Whether an update is under way of the image of which an operator speaks, or of a file of it.
   * Without an offer, only the file of which the device has octets says so after a restart.
   */
  public boolean isUnderWay(Update update, ImageOrder order) {
    ImageId target = update.target();
    if (!update.isOpen()) {
      return false;
    }
    if (target == null) {
      return update
          .transfer()
          .file()
          .flatMap(file -> catalogue.file(update.imageType(), file))
          .filter(
              stored ->
                  order.isAbout(stored.header().image())
                      || (stored.isNamed(order.image()) && isOfModel(update, order.image())))
          .isPresent();
    }
    ImageId next = update.wantedFile();
    return order.isAbout(target) || (next != null && order.isAbout(next));
  }

  private static boolean isOfModel(Update update, ImageId image) {
    ImageId running = update.running();
    return running == null || running.manufacturerCode().equals(image.manufacturerCode());
  }

  private Memory memory(Update update, StoredImage stored, Now now) {
    return new Memory(
        quarantine.holds(stored),
        update
            .ends()
            .patience(now, stored.sha256(), parameters.fileTries(), parameters.fileRetryMs()));
  }

  /** A file of several is for whom the whole is. */
  private static ImageId whole(Update update, ImageId image) {
    Series series = update.series();
    return series != null && (series.next().equals(image) || series.hasReceived(image))
        ? series.image()
        : image;
  }

  /** The file that an update may have by this name. */
  public Choice named(Update update, ImageId image, Now now) {
    return first(update, catalogue.named(image), image, now);
  }

  private Choice first(Update update, List<StoredImage> candidates, ImageId image, Now now) {
    Choice refused = Choice.NOTHING;
    for (StoredImage stored : candidates) {
      Decision decision = decide(update, stored, image, now);
      if (decision instanceof Decision.Serve) {
        return Choice.of(stored);
      }
      if (refused.refusal().isEmpty() && decision instanceof Decision.Refused no) {
        refused = new Choice(null, Optional.of(no));
      }
    }
    return refused;
  }

  /** What a client that runs {@code running} is offered, or the best that the hub has for it. */
  public Choice forQuery(Update update, ImageId running, Now now) {
    Offer offer = update.offer();
    return offer != null ? named(update, offer.image(), now) : best(update, running, now);
  }

  /**
   * The highest version that may follow the one that runs. If the device failed with that, a lower
   * one is no substitute, unless the higher one says that it follows the lower one.
   */
  private Choice best(Update update, ImageId running, Now now) {
    StoredImage wanted = null;
    for (StoredImage stored : catalogue.of(running.manufacturerCode(), running.imageType())) {
      Decision decision = decide(update, stored, stored.imageFor(running.manufacturerCode()), now);
      boolean isStep =
          wanted == null || wanted.namesAsPredecessor(stored.header().image().fileVersion());
      if (decision instanceof Decision.Serve && isStep) {
        return Choice.of(stored);
      }
      if (wanted == null
          && decision instanceof Decision.Refused refused
          && refused.reason() == Reason.FAILED_BEFORE) {
        wanted = stored;
      }
    }
    return Choice.NOTHING;
  }

  /** Makes a file ready to be served. */
  public Serving open(StoredImage stored, ImageId image) {
    OctetSource file = catalogue.open(stored);
    int size = parameters.maximumDataSize();
    for (ModelProfile model : config.models()) {
      if (model.matches(image)) {
        size = Math.min(size, model.maximumDataSize());
      }
    }
    return new Serving(image, stored, file, size);
  }

  /**
   * Whether an image is that of the file that the device had before its update was given up here:
   * it runs it all the same. [hanota H39]
   */
  boolean isOfGivenUpFile(Update update, ImageId image) {
    return update.isGivenUp()
        && fileOf(update).stream()
            .anyMatch(
                file ->
                    catalogue.images().stream()
                        .filter(held -> held.sha256().equals(file))
                        .anyMatch(held -> held.imageFor(image.manufacturerCode()).equals(image)));
  }

  /** The file that the update is about: of several, the first. */
  public Optional<Octets> fileOf(Update update) {
    if (update.received().isPresent()) {
      return update.received().map(received -> received.sha256());
    }
    Serving serving = update.transfer().serving();
    if (serving != null && update.series() == null) {
      return Optional.of(serving.stored().sha256());
    }
    if (update.series() == null && update.transfer().file().isPresent()) {
      return update.transfer().file();
    }
    ImageId target = update.target();
    return target == null
        ? Optional.empty()
        : catalogue.named(target).stream()
            .filter(
                stored ->
                    stored.isFor(update.client().address())
                        && stored.fits(update.hardwareVersion()))
            .findFirst()
            .map(StoredImage::sha256);
  }

  /** Whether the images still hold what the update is about. */
  public boolean isHeld(Update update) {
    Optional<Octets> file =
        update
            .received()
            .map(received -> received.sha256())
            .or(
                () ->
                    update.transfer().serving() == null
                        ? update.transfer().file()
                        : Optional.of(update.transfer().serving().stored().sha256()));
    ImageId target = update.target();
    if (file.isPresent()
        && (target == null || update.hasImage() || update.transfer().serving() != null)) {
      return catalogue.files().contains(file.get());
    }
    return target == null || !catalogue.named(target).isEmpty();
  }

  /** In how many files the image comes that is named so; one if it is not here. */
  int parts(ImageId image) {
    return catalogue.named(image).stream().findFirst().map(catalogue::parts).orElse(1);
  }

  /**
   * The device has {@code file}, and another one follows. Returns the series, or nothing if that is
   * the only file, or not the one that the update wants.
   */
  public Optional<Series> next(Update update, ImageId file) {
    ImageId image = update.target();
    if (image == null || !Objects.equals(file, update.wantedFile())) {
      return Optional.empty();
    }
    Series before = update.series();
    int parts = before == null ? parts(image) : before.parts();
    int received = before == null ? 1 : before.partsReceived() + 1;
    return received >= parts ? Optional.empty() : Optional.of(new Series(image, received, parts));
  }

  /** The hardware of a client, as it said in any of its queries. */
  public static Optional<HardwareVersion> hardware(List<Update> updates, int endpoint) {
    return updates.stream()
        .filter(update -> update.client().endpoint() == endpoint)
        .flatMap(update -> update.hardwareVersion().stream())
        .findFirst();
  }
}
