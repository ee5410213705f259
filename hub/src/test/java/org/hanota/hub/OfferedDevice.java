// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.otaformat.OtaHeader;

/** What a device is, and what it may be offered: the hub is not asked about that. */
final class OfferedDevice {
  final int number;
  final Optional<HardwareVersion> hardware;
  ImageId running;
  final Map<ImageType, Offer> offers = new TreeMap<>();
  int ends;
  final Set<ImageType> failed = new TreeSet<>();
  int replaced;

  OfferedDevice(int number, ImageId running, Optional<HardwareVersion> hardware) {
    this.number = number;
    this.running = running;
    this.hardware = hardware;
  }

  /** What failed and runs all the same is one update. */
  void count(UpdateEvent event) {
    ImageType type = event.image().imageType();
    if (event instanceof UpdateEvent.Queued) {
      failed.remove(type);
    } else if (event instanceof UpdateEvent.Failed) {
      failed.add(type);
      ends++;
    } else if (event instanceof UpdateEvent.Confirmed && !failed.remove(type)) {
      ends++;
    }
  }

  boolean mayHave(OtaHeader header) {
    ImageId image = header.image();
    boolean lower = image.fileVersion().compareTo(running.fileVersion()) <= 0;
    boolean permitted =
        Optional.ofNullable(offers.get(image.imageType()))
            .filter(offer -> offer.image().equals(image) && offer.downgrade().isPresent())
            .isPresent();
    return image.manufacturerCode().equals(running.manufacturerCode())
        && image.imageType().equals(running.imageType())
        && (!lower || permitted)
        && (header.hardwareVersions().isEmpty()
            || hardware.filter(header.hardwareVersions().get()::contains).isPresent())
        && (header.upgradeFileDestination().isEmpty()
            || header.upgradeFileDestination().get().equals(Counter.device(number).address()));
  }
}
