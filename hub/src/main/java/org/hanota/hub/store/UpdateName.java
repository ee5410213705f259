// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.util.Comparator;
import org.hanota.api.ImageType;
import org.hanota.api.machine.Peer;

/**
 * What names an update: a device with two processors has two of them, and so has one with OTA
 * clients on two endpoints. The files of an image in several are one update, by the type of the
 * first. [hanota H16]
 *
 * @param client the device and the endpoint of its OTA client
 * @param imageType what the client queries for
 */
public record UpdateName(Peer client, ImageType imageType) implements Comparable<UpdateName> {
  private static final Comparator<UpdateName> ORDER =
      Comparator.comparing(UpdateName::client).thenComparing(UpdateName::imageType);

  @Override
  public int compareTo(UpdateName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return client + "/" + imageType;
  }
}
