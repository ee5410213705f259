// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Peer;

/**
 * An image for a device.
 *
 * @param device to whom
 * @param image which image of the catalogue
 * @param when when it shall run
 * @param priority the lower number goes first; equal numbers in the order of the offers
 * @param downgrade the permission to install a lower version than the one that runs
 */
public record Offer(
    Peer device,
    ImageId image,
    UpgradeTime when,
    int priority,
    Optional<DowngradePermission> downgrade) {
  /** An offer to run at once, of middle priority, without a downgrade. */
  public static Offer of(Peer device, ImageId image) {
    return new Offer(device, image, new UpgradeTime.Now(), 100, Optional.empty());
  }
}
