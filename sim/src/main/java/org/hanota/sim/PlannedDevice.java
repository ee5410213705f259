// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.Peer;
import org.hanota.device.DeviceConfig;
import org.hanota.device.GbcsConfig;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;

/** A device of a scenario at its address; its model is the one that its image is for. */
record PlannedDevice(DevicePlan plan, Verifier verifier, Peer self, OtaHeader header) {
  private static final int PRIORITY = 100;

  PlannedDevice(DevicePlan plan, Verifier verifier, Peer self) {
    this(plan, verifier, self, OtaHeader.read(plan.image()));
  }

  /** The image as this device takes it. */
  ImageId image() {
    return new ImageId(
        DeviceConfig.manufacturerOf(header),
        header.image().imageType(),
        header.image().fileVersion());
  }

  DeviceConfig config(Optional<GbcsConfig> gbcs) {
    return DeviceConfig.builder(self.address(), plan.type(), verifier)
        .takes(header)
        .gbcs(gbcs)
        .parameters(plan.parameters())
        .downgrade(downgrade())
        .build();
  }

  /** What the hub is told where no head end tells it. */
  Offer offer() {
    return new Offer(self, image(), plan.when(), PRIORITY, downgrade());
  }

  /** Whoever made the scenario wants a lower version: hub and device are told so. */
  private Optional<DowngradePermission> downgrade() {
    return header.image().fileVersion().compareTo(plan.running()) < 0
        ? Optional.of(DowngradePermission.because("the scenario's image has a lower version"))
        : Optional.empty();
  }
}
