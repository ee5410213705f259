// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceEvent;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.journal.DeviceJournal;
import org.hanota.device.search.Queries;
import org.hanota.device.search.Server;
import org.hanota.otaformat.OtaHeader;

/** Which of the images that a server offers the device takes. */
public final class Offers {
  private final DeviceConfig config;
  private final DeviceJournal journal;
  private final Queries queries;
  private final Server server;
  private final long roomOctets;

  /** Offers of images that have room in {@code bank}. */
  public Offers(
      DeviceConfig config, ImageBank bank, DeviceJournal journal, Queries queries, Server server) {
    this.config = config;
    this.journal = journal;
    this.queries = queries;
    this.server = server;
    this.roomOctets = Math.min(bank.capacityOctets(), config.parameters().maximumImageOctets());
  }

  /** Whether an offer is one to take; refuses it by its status if it must not. [ZCL 11.13.5] */
  public boolean isForMe(Received received, QueryNextImageResponse.Success offer, Effects effects) {
    ImageId image = offer.image();
    FileVersion running = journal.current().running();
    if (!image.manufacturerCode().equals(config.manufacturerCode())
        || !image.imageType().equals(queries.queried().imageType())
        || image.fileVersion().equals(FileVersion.WILD_CARD)
        || offer.imageSizeOctets() < OtaHeader.MINIMUM_LENGTH) {
      server.reply(received, ZclStatus.INVALID_FIELD, effects);
      fail(image, Failure.REFUSED, "the offer is not for this device", effects);
      return false;
    }
    if (offer.imageSizeOctets() > roomOctets) {
      server.reply(received, ZclStatus.INSUFFICIENT_SPACE, effects);
      String detail = offer.imageSizeOctets() + " octets, room for " + roomOctets;
      fail(image, Failure.INSUFFICIENT_SPACE, detail, effects);
      return false;
    }
    if (!Suitability.takes(config, image.fileVersion(), running)) {
      server.reply(received, ZclStatus.NOT_AUTHORIZED, effects);
      String why =
          image.fileVersion().compareTo(running) < 0
              ? " is lower than " + running
              : " is the highest version, no other could follow it";
      String detail = image.fileVersion() + why + ", and this device permits no downgrade";
      fail(image, Failure.REFUSED, detail, effects);
      return false;
    }
    return !image.fileVersion().equals(running);
  }

  /** Whether a slot may be erased once more for {@code image}; it counts as erased then. */
  public boolean mayErase(Now now, ImageId image, Effects effects) {
    if (journal.erases().take(now)) {
      return true;
    }
    String detail = "no erase is left, one more in " + journal.erases().waitMs(now) / 1000 + " s";
    fail(image, Failure.REFUSED, detail, effects);
    return false;
  }

  /** What the device's own setting permits is recorded where it is made use of. */
  public void recordDowngrade(ImageId image, Effects effects) {
    FileVersion running = journal.current().running();
    if (Suitability.follows(image.fileVersion(), running)) {
      return;
    }
    config
        .downgrade()
        .ifPresent(
            permission ->
                effects.report(
                    new DeviceEvent.DowngradePermitted(
                        config.address(), image, running, permission.reason())));
  }

  private void fail(ImageId image, Failure failure, String detail, Effects effects) {
    effects.report(new UpdateEvent.Failed(config.address(), image, failure, detail));
  }
}
