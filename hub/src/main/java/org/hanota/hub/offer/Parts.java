// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.offer;

import java.util.Objects;
import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.ToWan;
import org.hanota.hub.catalogue.Catalogue;
import org.hanota.hub.catalogue.Series;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Device;
import org.hanota.hub.update.Update;
import org.jspecify.annotations.Nullable;

/** Images that come in several files, one image type after the other. */
public final class Parts {
  private final Offers offers;
  private final Catalogue catalogue;

  /** Files of this catalogue. */
  public Parts(Offers offers, Catalogue catalogue) {
    this.offers = offers;
    this.catalogue = catalogue;
  }

  /**
   * The update whose client asks for the file that follows what it has: its query then names that
   * file's image type. A hub that missed that it has one learns it so. Null if there is none.
   */
  @Nullable Update wanting(Device device, int endpoint, ImageId current) {
    for (Update update : device.updates()) {
      if (update.client().endpoint() == endpoint && isWanting(update, current)) {
        return update;
      }
    }
    return null;
  }

  private boolean isWanting(Update update, ImageId current) {
    ImageId target = update.target();
    ImageId wanted = update.wantedFile();
    ImageId running = update.running();
    if (target == null
        || wanted == null
        || running == null
        || !target.withVersion(running.fileVersion()).equals(running)
        || !current.fileVersion().equals(running.fileVersion())
        || !current.manufacturerCode().equals(running.manufacturerCode())
        || current.imageType().equals(running.imageType())) {
      return false;
    }
    int ahead = current.imageType().value() - wanted.imageType().value();
    return (ahead == 0 && update.series() != null)
        || (ahead == 1 && update.phase() != Phase.PAUSED && received(update, wanted));
  }

  /**
   * The update whose last file this is: its device says that it has the whole image. A query for
   * the first file, which a device makes also while it waits for an answer, has made the hub begin
   * the series anew; the device has not. Null if there is none. [hanota H176]
   */
  @Nullable Update finishing(Device device, int endpoint, ImageId file) {
    for (Update update : device.updates()) {
      ImageId first = new ImageId(file.manufacturerCode(), update.imageType(), file.fileVersion());
      if (update.client().endpoint() == endpoint
          && (update.isGivenUp() || Objects.equals(first, update.target()))
          && isLast(update, first, file)) {
        return update;
      }
    }
    return null;
  }

  private boolean isLast(Update update, ImageId first, ImageId file) {
    Series known = update.series();
    if (first.equals(file) || (known != null && known.next().equals(file))) {
      return false;
    }
    int parts = offers.parts(first);
    if (parts < 2) {
      return false;
    }
    Series last = new Series(first, parts - 1, parts);
    if (!last.next().equals(file)) {
      return false;
    }
    if (update.isOpen()) {
      update.setSeries(last);
    }
    return true;
  }

  /** The device has {@code file} and wants the next one. False if that is not so. */
  public boolean received(Update update, ImageId file) {
    Optional<Series> next = offers.next(update, file);
    next.ifPresent(update::setSeries);
    return next.isPresent();
  }

  /** Asks the head end for the file that the device takes next, unless it is here. */
  public void want(Update update, Call call) {
    ImageId next = update.wantedFile();
    if (next != null && catalogue.named(next).isEmpty()) {
      call.effects().toWan(new ToWan.PartWanted(update.client().address(), next));
    }
  }
}
