// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.transport.serial.stick.Network;
import org.hanota.transport.serial.stick.NetworkParameters;

/**
 * A network as the stick has it. [Silicon Labs UG100, EmberNetworkParameters]
 *
 * @param extendedPanId its other name
 * @param panId uint16
 * @param power dBm
 * @param channel 11 to 26
 * @param channels a bit for each channel that may be used
 */
public record EzspNetwork(Eui64 extendedPanId, int panId, int power, int channel, long channels) {
  /** What the regulations of all regions allow without more ado. */
  private static final int DEFAULT_POWER_DBM = 5;

  /** The network that is to be formed, on the first of its channels. */
  static EzspNetwork of(NetworkParameters network) {
    return new EzspNetwork(
        network.extendedPanId(),
        network.panId(),
        DEFAULT_POWER_DBM,
        Long.numberOfTrailingZeros(network.channelMask()),
        network.channelMask());
  }

  /** The network as all families have it. */
  public Network network() {
    return new Network(panId, extendedPanId, channel);
  }

  /** Writes it. */
  public void write(OctetWriter out) {
    out.int64le(extendedPanId.value()).uint16le(panId).uint8(power & 0xFF).uint8(channel);
    out.uint8(0).uint16le(0).uint8(0).uint32le(channels);
  }

  /** Reads it. */
  public static EzspNetwork read(OctetReader in) {
    Eui64 extendedPanId = new Eui64(in.int64le("extendedPanId"));
    int panId = in.uint16le("panId");
    int power = (byte) in.uint8("radioTxPower");
    int channel = in.uint8("radioChannel");
    in.uint8("joinMethod");
    in.uint16le("nwkManagerId");
    in.uint8("nwkUpdateId");
    return new EzspNetwork(extendedPanId, panId, power, channel, in.uint32le("channels"));
  }
}
