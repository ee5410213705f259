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
import org.hanota.api.machine.TransferPace;
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

  /** The image that it takes in several files, once it has one of them. */
  @Nullable Series series;

  /** The image that it has taken without an offer, and shall run. */
  @Nullable ImageId taken;

  @Nullable StoredImage stored;
  @Nullable OctetSource file;

  /** Whether it has one of the places for concurrent transfers. */
  boolean admitted;

  /** Most octets of data in a block for its model. */
  int maximumDataSize;

  long fileOffset;

  /** Whether the last octet of the served image went out. */
  boolean wentOut;

  /** The file that it failed with last. */
  @Nullable Blame blame;

  /** Offsets of the served image from here up to the next one are the same percent of it. */
  long percentFrom;

  long percentTo;
  long blocks;
  long lastHeardNanos;

  /** When it sent anything, whatever it was. */
  long heardNanos;

  @Nullable TransferPace pace;
  int notifies;

  /** When its timer runs out; {@link Long#MAX_VALUE} if it does not run. */
  long deadlineNanos = Long.MAX_VALUE;

  /** The image is held for the device until then. */
  long holdEndNanos = Long.MAX_VALUE;

  /** From when the time of its phase counts, where no block does. */
  long phaseNanos;

  /** The same as the time of day, which outlives a restart. */
  long phaseUtcMillis = Now.UTC_UNKNOWN;

  /** When it was told to run the new image. */
  long activationNanos;

  /** How often it was told an upgrade time without having asked for it. */
  int tells;

  /** The frame that told it last. */
  long tellId;

  /** Whether it must be told again. */
  boolean untold;

  /** Whether it may still run, at its time, an image that was taken back. */
  boolean recalled;

  /** The pace that it was given last, in its own unit; 0 for none. */
  int givenPeriod;

  /** When it was given that pace; {@link Long#MIN_VALUE} once it has come back. */
  long periodGivenNanos = Long.MIN_VALUE;

  boolean countsSeconds;

  DeviceEntry(Peer device) {
    this.device = device;
  }

  /** What its update is about. */
  @Nullable ImageId target() {
    if (offer != null) {
      return offer.image();
    }
    if (series != null) {
      return series.image();
    }
    return hasImage() && taken != null ? taken : servedImage;
  }

  /** The file that it takes now: of several, the one that comes next. */
  @Nullable ImageId wantedFile() {
    return series != null ? series.next() : target();
  }

  /** Whether nothing is under way, nothing is offered and it need not be told anything. */
  boolean mayBeForgotten() {
    return (phase == Phase.IDLE || phase == Phase.CONFIRMED || phase == Phase.FAILED)
        && offer == null
        && !recalled
        && !admitted;
  }

  /** Whether it has the whole image and waits for its time. */
  boolean hasImage() {
    return phase == Phase.WAITING || phase == Phase.ACTIVATING;
  }

  /** The time of its phase counts from then. */
  void phaseFrom(Now now, long nanos) {
    phaseNanos = nanos;
    phaseUtcMillis =
        now.knowsUtc()
            ? now.utcMillis() + (nanos - now.monotonicNanos()) / 1_000_000
            : Now.UTC_UNKNOWN;
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
        phaseUtcMillis,
        Optional.ofNullable(failure),
        Optional.ofNullable(series),
        Optional.ofNullable(taken),
        recalled,
        Optional.ofNullable(blame));
  }

  static DeviceEntry of(TransferRecord stored) {
    DeviceEntry entry = new DeviceEntry(stored.device());
    entry.running = stored.running().orElse(null);
    entry.hardwareVersion = stored.hardwareVersion().orElse(null);
    entry.phase = stored.phase();
    entry.offer = stored.offer().orElse(null);
    entry.turn = stored.turn();
    entry.sinceUtcMillis = stored.sinceUtcMillis();
    entry.phaseUtcMillis = stored.phaseUtcMillis();
    entry.failure = stored.failure().orElse(null);
    entry.series = stored.series().orElse(null);
    entry.taken = stored.taken().orElse(null);
    entry.recalled = stored.recalled();
    entry.blame = stored.blame().orElse(null);
    return entry;
  }
}
