// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.search;

import org.hanota.api.ImageId;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Delivery;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.ReadAttributesResponse;
import org.hanota.device.journal.DeviceJournal;

/** Which messages make a device query before its time. */
public final class Notifications {
  /** Client attribute of the Metering cluster. */
  static final int FUNCTIONAL_NOTIFICATION_FLAGS = 0x0000;

  /** Its bit for new firmware. */
  private static final long NEW_OTA_FIRMWARE = 1;

  private final DeviceJournal journal;
  private final SeededRandom random;

  /** Draws from {@code random}. */
  public Notifications(DeviceJournal journal, SeededRandom random) {
    this.journal = journal;
    this.random = random;
  }

  /** A unicast always wakes; a broadcast if it fits and the draw allows. [ZCL 11.13.3] */
  public boolean wakes(ImageNotify notify, Delivery delivery) {
    if (delivery != Delivery.BROADCAST) {
      return true;
    }
    ImageId running = journal.runningImage();
    if (!notify.image().manufacturerCode().matches(running.manufacturerCode())
        || !notify.image().imageType().matches(running.imageType())) {
      return false;
    }
    if (notify.payloadType() == ImageNotify.PayloadType.NEW_FILE_VERSION
        && (notify.image().fileVersion().equals(running.fileVersion())
            || journal
                .current()
                .download()
                .filter(d -> d.isComplete() && d.image().equals(notify.image()))
                .isPresent())) {
      return false;
    }
    return 1 + random.below(ImageNotify.QUERY_JITTER_MAX) <= notify.queryJitter();
  }

  /** Whether the flags that were read tell of firmware. */
  public static boolean announcesFirmware(ReadAttributesResponse response) {
    return response.clusterId() == Clusters.METERING
        && response.records().stream()
            .anyMatch(
                entry ->
                    entry instanceof ReadAttributesResponse.Value value
                        && value.attributeId() == FUNCTIONAL_NOTIFICATION_FLAGS
                        && (value.value().value() & NEW_OTA_FIRMWARE) != 0);
  }
}
