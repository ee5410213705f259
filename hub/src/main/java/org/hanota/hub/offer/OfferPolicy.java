// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.offer;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.control.Offer;
import org.hanota.api.control.VersionRange;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.update.Ends.Patience;

/**
 * Whether a device may have an image now, and if not, why. One rule for all ways of asking: an
 * operator's start, both queries, a block and an end. [hanota H15]
 */
public final class OfferPolicy {
  /**
   * The device as far as the hub knows it.
   *
   * @param running what it runs of the image's type; empty before it has asked for that
   * @param otherModel what it runs if it has asked for other image types alone
   */
  public record Client(
      Eui64 address,
      Optional<ImageId> running,
      Optional<ImageId> otherModel,
      Optional<HardwareVersion> hardwareVersion) {}

  /** What people have said of the update. */
  public sealed interface Orders {
    /** This image is offered. */
    record Offered(ImageId image, boolean downgrade, Optional<VersionRange> predecessors)
        implements Orders {
      /** As the offer says. */
      public static Offered of(Offer offer) {
        return new Offered(offer.image(), offer.downgrade().isPresent(), offer.predecessors());
      }

      private Optional<VersionRange> excluding(Optional<ImageId> running) {
        return predecessors.filter(
            allowed -> running.map(ImageId::fileVersion).filter(allowed::contains).isEmpty());
      }
    }

    /** Nobody has said anything: the device may have what it asks for. */
    record Free() implements Orders {}

    /** Nobody has said anything, and this hub serves only what is offered. */
    record OffersOnly() implements Orders {}

    /** Somebody gave the update up. */
    record Stopped(String detail) implements Orders {}

    /** Somebody holds the image for all who have not begun with it. */
    record Held(String detail) implements Orders {}
  }

  /**
   * How the file fared.
   *
   * @param quarantined whether so many devices failed with it that it is offered to none
   * @param patience whether this device may try it again
   */
  public record Memory(boolean quarantined, Patience patience) {}

  /** Why a device may not have an image. */
  public enum Reason {
    /** It is for another device. */
    OTHER_DEVICE,
    /** It is for another model. */
    OTHER_MODEL,
    /** It is for other hardware. */
    HARDWARE,
    /** It comes in several files, and this hub takes no such image. */
    IN_PARTS,
    /** Too many devices failed with it. */
    QUARANTINED,
    /** Somebody gave the update up. */
    STOPPED,
    /** Somebody holds the image. */
    HELD,
    /** It is not what is offered. */
    NOT_OFFERED,
    /** It is no higher version than the one that runs. */
    DOWNGRADE,
    /** It may not follow what runs. */
    PREDECESSOR,
    /** The device failed with it before. */
    FAILED_BEFORE;

    /** Whether it ends an offer: no other version and no order makes the image fit the device. */
    public boolean endsOffer() {
      return this == OTHER_DEVICE || this == OTHER_MODEL || this == HARDWARE || this == IN_PARTS;
    }
  }

  /** The answer. */
  public sealed interface Decision {
    /** It may. */
    record Serve() implements Decision {}

    /** It may not. */
    record Refused(Reason reason, String text) implements Decision {}
  }

  private static final Decision SERVE = new Decision.Serve();

  private OfferPolicy() {}

  /**
   * Decides.
   *
   * @param stored the file
   * @param image the name of the image to the device; of a file of several, that of the whole
   */
  public static Decision decide(
      Client client, StoredImage stored, ImageId image, Orders orders, Memory memory) {
    boolean forOneDevice = StoredImage.isDeviceSpecific(stored.header().image().imageType());
    if (!stored.isFor(client.address())
        || (forOneDevice && stored.header().upgradeFileDestination().isEmpty())) {
      return refused(Reason.OTHER_DEVICE, stored.name() + " is for another device");
    }
    Optional<ImageId> running = forOneDevice ? Optional.empty() : client.running();
    Optional<ImageId> model = running.or(client::otherModel);
    if (!forOneDevice
        && model.isPresent()
        && !model.get().withVersion(image.fileVersion()).equals(image)) {
      return refused(
          Reason.OTHER_MODEL,
          "the device runs " + model.get() + ", which is another model than " + image);
    }
    boolean hasSaid = running.isPresent() || client.hardwareVersion().isPresent();
    if (hasSaid && !stored.fits(client.hardwareVersion())) {
      return refused(
          Reason.HARDWARE,
          stored.name()
              + " is not for hardware "
              + client
                  .hardwareVersion()
                  .map(HardwareVersion::toString)
                  .orElse("that the device does not tell")
              + running.map(runs -> " with " + runs).orElse(""));
    }
    if (memory.quarantined()) {
      return refused(
          Reason.QUARANTINED,
          stored.name()
              + " is quarantined after so many failures; taken out of the hub's images and put in"
              + " again, it is not");
    }
    if (orders instanceof Orders.Stopped stopped) {
      return refused(Reason.STOPPED, "the update was stopped: " + stopped.detail());
    }
    if (orders instanceof Orders.Held held) {
      return refused(Reason.HELD, "the image is held: " + held.detail());
    }
    if (orders instanceof Orders.OffersOnly
        || (orders instanceof Orders.Offered offered && !offered.image().equals(image))) {
      return refused(Reason.NOT_OFFERED, image + " is not offered to the device");
    }
    return version(stored, image, running, forOneDevice, orders, memory);
  }

  private static Decision version(
      StoredImage stored,
      ImageId image,
      Optional<ImageId> running,
      boolean forOneDevice,
      Orders orders,
      Memory memory) {
    boolean permitted = orders instanceof Orders.Offered offered && offered.downgrade();
    if (running.isPresent()
        && !permitted
        && image.fileVersion().compareTo(running.get().fileVersion()) <= 0) {
      String runs = "the device runs " + running.get().fileVersion();
      return refused(
          Reason.DOWNGRADE,
          image.equals(running.get())
              ? runs + " already; to send it again needs the permission of a downgrade"
              : runs + "; a downgrade needs a permission");
    }
    Optional<VersionRange> excluding =
        orders instanceof Orders.Offered offered ? offered.excluding(running) : Optional.empty();
    if (excluding.isPresent()) {
      return refused(
          Reason.PREDECESSOR,
          image + " is offered from version " + excluding.get() + " only, " + runs(running));
    }
    if (!forOneDevice && !stored.follows(running.orElse(image).fileVersion())) {
      return refused(
          Reason.PREDECESSOR,
          stored.name() + " follows only " + stored.predecessors() + ", " + runs(running));
    }
    if (orders instanceof Orders.Free && memory.patience() != Patience.TRY) {
      return refused(
          Reason.FAILED_BEFORE,
          memory.patience() == Patience.NEVER
              ? "the device failed with it too often: only an offer makes it try again"
              : "the device failed with it and tries again later");
    }
    return SERVE;
  }

  private static String runs(Optional<ImageId> running) {
    return "the device runs "
        + running.map(runs -> runs.fileVersion().toString()).orElse("something unknown");
  }

  private static Decision refused(Reason reason, String text) {
    return new Decision.Refused(reason, text);
  }
}
