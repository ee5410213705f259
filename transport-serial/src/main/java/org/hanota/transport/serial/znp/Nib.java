// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * What the network information base of a stick says. It is a structure of the firmware's compiler:
 * aligned on a CC2652, packed on a CC253x; its size tells which.
 *
 * @param panId uint16, 0xFFFF if there is no network
 * @param extendedPanId the network's other name
 * @param channel 11 to 26, 0 if there is no network
 * @param channelMask a bit for each channel allowed
 * @param securityLevel 5 in ZigBee networks
 * @param updateId counts changes of channel and PAN id
 */
record Nib(
    int panId,
    Eui64 extendedPanId,
    int channel,
    long channelMask,
    int securityLevel,
    int updateId) {
  private static final int ALIGNED_OCTETS = 116;
  private static final int PACKED_OCTETS = 110;
  private static final int SECURITY_LEVEL = 12;

  /** Reads the item; empty if its size is neither. */
  static Optional<Nib> decode(Octets item) {
    return switch (item.length()) {
      case ALIGNED_OCTETS -> Optional.of(at(item, 24, 36, 40, 57, 114));
      case PACKED_OCTETS -> Optional.of(at(item, 22, 33, 36, 53, 109));
      default -> Optional.empty();
    };
  }

  private static Nib at(
      Octets item, int channel, int panId, int channelMask, int extendedPanId, int updateId) {
    return new Nib(
        item.uint16le(panId),
        new Eui64(item.int64le(extendedPanId)),
        item.at(channel),
        item.uint32le(channelMask),
        item.at(SECURITY_LEVEL),
        item.at(updateId));
  }

  /** Whether it is only the firmware's default, which stands there before any network does. */
  boolean blank() {
    return panId == Width.UINT16_MAX || (panId == 0 && channel == 0);
  }
}
