// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.pcap;

import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * A ZCL frame with the headers that it has on the air: IEEE 802.15.4, ZigBee network and APS, none
 * of them secured.
 *
 * @param panId uint16
 * @param source short address, uint16
 * @param destination short address, or a broadcast address from 0xFFF8 on
 * @param macSequence uint8
 * @param networkSequence uint8
 * @param apsCounter uint8
 * @param profileId uint16
 * @param clusterId uint16
 * @param sourceEndpoint uint8
 * @param destinationEndpoint uint8
 * @param apsAcknowledgement whether the APS header asks for an acknowledgement
 * @param zcl the ZCL frame
 */
public record AirFrame(
    int panId,
    int source,
    int destination,
    int macSequence,
    int networkSequence,
    int apsCounter,
    int profileId,
    int clusterId,
    int sourceEndpoint,
    int destinationEndpoint,
    boolean apsAcknowledgement,
    Octets zcl) {
  /** Broadcast to all that listen, whose receiver is on when idle. */
  public static final int BROADCAST_RX_ON = 0xFFFD;

  private static final int FIRST_BROADCAST = 0xFFF8;
  private static final int MAC_BROADCAST = 0xFFFF;

  /** Data, acknowledgement requested, one PAN, short addresses. [IEEE 802.15.4 7.2] */
  private static final int MAC_UNICAST = 0x8861;

  private static final int MAC_ACKNOWLEDGEMENT_REQUEST = 0x0020;

  /** Data, protocol version 2. [ZigBee 3.3.1] */
  private static final int NETWORK_DATA = 0x0008;

  private static final int RADIUS = 0x1E;
  private static final int APS_UNICAST = 0x00;
  private static final int APS_BROADCAST = 0x08;
  private static final int APS_ACKNOWLEDGEMENT_REQUEST = 0x40;

  /** MAC 9, network 8, APS 8, check sequence 2. */
  private static final int OVERHEAD = 27;

  /** CRC-16 of ITU-T, bits reversed. */
  private static final int FCS_POLYNOMIAL = 0x8408;

  /** Checks the widths. */
  public AirFrame {
    Width.uint16("panId", panId);
    Width.uint16("source", source);
    Width.uint16("destination", destination);
    Width.uint16("profileId", profileId);
    Width.uint16("clusterId", clusterId);
    Width.uint8("sourceEndpoint", sourceEndpoint);
    Width.uint8("destinationEndpoint", destinationEndpoint);
  }

  /** All of its octets, frame check sequence included. */
  public Octets octets() {
    boolean broadcast = destination >= FIRST_BROADCAST;
    OctetWriter out = new OctetWriter(zcl.length() + OVERHEAD);
    out.uint16le(broadcast ? MAC_UNICAST & ~MAC_ACKNOWLEDGEMENT_REQUEST : MAC_UNICAST);
    out.uint8(macSequence).uint16le(panId);
    out.uint16le(broadcast ? MAC_BROADCAST : destination).uint16le(source);
    out.uint16le(NETWORK_DATA).uint16le(destination).uint16le(source);
    out.uint8(RADIUS).uint8(networkSequence);
    int delivery = broadcast ? APS_BROADCAST : APS_UNICAST;
    out.uint8(apsAcknowledgement && !broadcast ? delivery | APS_ACKNOWLEDGEMENT_REQUEST : delivery);
    out.uint8(destinationEndpoint).uint16le(clusterId).uint16le(profileId);
    out.uint8(sourceEndpoint).uint8(apsCounter).octets(zcl);
    out.uint16le(frameCheckSequence(out.view()));
    return out.toOctets();
  }

  /** The check sequence of IEEE 802.15.4 over {@code octets}; travels little endian. */
  public static int frameCheckSequence(Octets octets) {
    int crc = 0;
    for (int i = 0; i < octets.length(); i++) {
      crc ^= octets.at(i);
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 1) != 0 ? (crc >>> 1) ^ FCS_POLYNOMIAL : crc >>> 1;
      }
    }
    return crc;
  }
}
