// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Listing;

/**
 * A device of the list of an upload.
 *
 * @param upload the image for it
 * @param id as the list names it
 */
public record Candidate(Upload upload, Eui64 id) {
  /** The device, if the inventory has it. */
  public Optional<Device> device() {
    return upload.asking().estate().device(id);
  }

  /** The entry of the Central Products List for the image and this device's model. */
  public Optional<Listing> listing() {
    return device()
        .flatMap(
            device ->
                upload.listings().stream()
                    .filter(each -> each.isOf(device.model()) && each.type() == device.type())
                    .findFirst());
  }
}
