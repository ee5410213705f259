// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.otaformat.OtaHeader;

/**
 * I9: a wrong image is never offered: manufacturer, type, version and hardware are the device's.
 */
final class I9RightImageOffered extends Checker {
  private final Map<Eui64, Set<ImageId>> asked = new TreeMap<>();

  /** Images of offers that came with other octets than were sent. */
  private final Map<Eui64, Set<ImageId>> misheard = new TreeMap<>();

  I9RightImageOffered(Judge judge) {
    super("I9", "an image was offered", judge);
  }

  private static Set<ImageId> of(Map<Eui64, Set<ImageId>> images, Subject device) {
    return images.computeIfAbsent(device.address(), any -> new TreeSet<>());
  }

  @Override
  void event(Subject device, UpdateEvent event, long latestUtcMillis) {
    if (event instanceof UpdateEvent.Started started) {
      // Whoever was told something else on the air may begin with it, but not end.
      check(
          of(misheard, device).contains(started.image())
              || started.image().equals(device.image())
              || device.isFormer(started.image()),
          device,
          "takes " + started.image());
    }
  }

  @Override
  void frame(Subject device, boolean toDevice, ZclMessage message, boolean isChanged) {
    if (!toDevice && message instanceof ImageBlockRequest request) {
      of(asked, device).add(request.image());
    } else if (!toDevice && message instanceof ImagePageRequest request) {
      of(asked, device).add(request.image());
    } else if (toDevice && message instanceof QueryNextImageResponse.Success offer) {
      if (isChanged) {
        of(misheard, device).add(offer.image());
        return;
      }
      check(
          (offer.image().equals(device.fileOf(offer.image().imageType()))
                  || device.isFormer(offer.image()))
              && offer.imageSizeOctets() == device.fileOctets(offer.image())
              && fits(device),
          device,
          "was offered " + offer.image());
      reach();
    } else if (toDevice && !isChanged && message instanceof ImageBlockResponse.Success block) {
      // A late answer may be to the part before.
      if (!isCounted(of(asked, device).contains(block.image()))) {
        throw violated(device, "got blocks of " + block.image());
      }
    }
  }

  private static boolean fits(Subject device) {
    return device.hardware().isEmpty()
        || OtaHeader.read(device.served())
            .hardwareVersions()
            .map(range -> range.contains(device.hardware().get()))
            .orElse(true);
  }
}
