// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.Optional;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.jspecify.annotations.Nullable;

/**
 * What a hub knows of one device. Small and flat over a transfer's length: ten thousand of them
 * must fit a hub.
 */
final class DeviceEntry {
  final Peer device;
  Phase phase = Phase.IDLE;
  @Nullable ImageId running;
  @Nullable HardwareVersion hardwareVersion;
  @Nullable Offer offer;
  long turn;
  long sinceUtcMillis = Now.UTC_UNKNOWN;
  HubStatus.@Nullable LastFailure failure;

  /** The image that is served, as this device is offered it; opened at its first block. */
  @Nullable ImageId servedImage;

  @Nullable StoredImage stored;
  @Nullable OctetSource file;

  /** Whether it has one of the places for concurrent transfers. */
  boolean admitted;

  long fileOffset;

  /** Offsets of the served image from here up to the next one are the same percent of it. */
  long percentFrom;

  long percentTo;
  long blocks;
  long lastHeardNanos;
  long startedNanos;
  long startedOffset;
  int notifies;

  /** When its timer runs out; {@link Long#MAX_VALUE} if it does not run. */
  long deadlineNanos = Long.MAX_VALUE;

  /** When the offer expires. */
  long expiryNanos = Long.MAX_VALUE;

  /** When it was told to run the new image. */
  long activationNanos;

  /** The pace that it was given last, in its own unit; 0 for none. */
  int givenPeriod;

  /** When it was given that pace; {@link Long#MIN_VALUE} once it has come back. */
  long periodGivenNanos = Long.MIN_VALUE;

  boolean countsSeconds;

  DeviceEntry(Peer device) {
    this.device = device;
  }

  TransferRecord toRecord() {
    return new TransferRecord(
        device,
        Optional.ofNullable(running),
        Optional.ofNullable(hardwareVersion),
        phase,
        Optional.ofNullable(offer),
        turn,
        sinceUtcMillis,
        Optional.ofNullable(failure));
  }

  static DeviceEntry of(TransferRecord stored) {
    DeviceEntry entry = new DeviceEntry(stored.device());
    entry.running = stored.running().orElse(null);
    entry.hardwareVersion = stored.hardwareVersion().orElse(null);
    entry.phase = stored.phase();
    entry.offer = stored.offer().orElse(null);
    entry.turn = stored.turn();
    entry.sinceUtcMillis = stored.sinceUtcMillis();
    entry.failure = stored.failure().orElse(null);
    return entry;
  }
}
