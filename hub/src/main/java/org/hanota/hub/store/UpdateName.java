// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.util.Comparator;
import org.hanota.api.ImageType;
import org.hanota.api.machine.Peer;

/**
 * The key of an update: OTA client and image type. A device whose client queries for two image
 * types (two processors), or that has clients on two endpoints, has two updates. An image in
 * several files is one update, under the image type of its first file. [hanota H16]
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
