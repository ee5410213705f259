// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * The network that a stick without one shall form. Its {@code toString} does not show the key.
 *
 * @param panId 0 to 0xFFFE
 * @param extendedPanId the network's other name
 * @param networkKey 16 octets
 * @param channelMask a bit for each channel allowed, 11 to 26
 */
public record NetworkParameters(
    int panId, Eui64 extendedPanId, Octets networkKey, long channelMask) {
  private static final int KEY_OCTETS = 16;
  private static final long CHANNELS = 0x07FF_F800L;

  /** Checks ranges and the key's length. */
  public NetworkParameters {
    Width.range("panId", panId, 0, Width.UINT16_MAX - 1);
    Width.range("networkKey", networkKey.length(), KEY_OCTETS, KEY_OCTETS);
    if (channelMask == 0 || (channelMask & ~CHANNELS) != 0) {
      throw new IllegalArgumentException(
          "channelMask is " + Width.hex(channelMask, 8) + ", allowed bits 11 to 26, at least one");
    }
  }

  /** The same network on one channel. */
  public static NetworkParameters onChannel(
      int channel, int panId, Eui64 extendedPanId, Octets networkKey) {
    return new NetworkParameters(
        panId, extendedPanId, networkKey, 1L << Width.range("channel", channel, 11, 26));
  }

  @Override
  public String toString() {
    return "PAN "
        + Width.hex(panId, 4)
        + ", extended "
        + extendedPanId
        + ", channels "
        + Width.hex(channelMask, 8);
  }
}
