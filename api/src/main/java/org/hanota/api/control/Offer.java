// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.StateWriter;

/**
 * An image for a device.
 *
 * @param device to whom
 * @param image which image of the catalogue
 * @param when when it shall run
 * @param priority the lower number goes first; equal numbers in the order of the offers
 * @param downgrade the permission to install a lower version than the one that runs
 * @param predecessors only while the device runs one of these versions; empty for every one
 * @param timeouts the phases for which the hub's time-outs are not right for this image
 */
public record Offer(
    Peer device,
    ImageId image,
    UpgradeTime when,
    int priority,
    Optional<DowngradePermission> downgrade,
    Optional<VersionRange> predecessors,
    PhaseTimeouts timeouts) {
  /** An offer with the hub's own time-outs, whatever the device runs. */
  public Offer(
      Peer device,
      ImageId image,
      UpgradeTime when,
      int priority,
      Optional<DowngradePermission> downgrade) {
    this(device, image, when, priority, downgrade, Optional.empty(), PhaseTimeouts.NONE);
  }

  /** The same with time-outs of its own. */
  public Offer withTimeouts(PhaseTimeouts own) {
    return new Offer(device, image, when, priority, downgrade, predecessors, own);
  }

  /** The same for a device that runs one of these versions only. */
  public Offer following(VersionRange versions) {
    return new Offer(device, image, when, priority, downgrade, Optional.of(versions), timeouts);
  }

  /** An offer to run at once, of middle priority, without a downgrade. */
  public static Offer of(Peer device, ImageId image) {
    return new Offer(device, image, new UpgradeTime.Now(), 100, Optional.empty());
  }

  /** Writes all of it, a time of day as such. */
  public void describe(StateWriter out) {
    out.put("offered to", device)
        .put("offered", image)
        .put("priority", priority)
        .put("downgrade", downgrade)
        .put("predecessors", predecessors)
        .put("timeouts", timeouts);
    when.describe("to run", out);
  }
}
