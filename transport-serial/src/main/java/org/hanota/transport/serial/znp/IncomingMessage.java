// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.Incoming;

/**
 * A message that came over the radio: AF_INCOMING_MSG. It tells neither the profile nor the EUI-64.
 *
 * @param groupId uint16, 0 if to no group
 * @param clusterId uint16
 * @param source short address
 * @param sourceEndpoint uint8
 * @param destinationEndpoint uint8
 * @param broadcast whether it went to more than this node
 * @param linkQuality 0 to 255
 * @param encrypted whether APS encryption was used; not with which key
 * @param timestamp uint32, in units of the radio
 * @param sequence uint8, a counter of the stick
 * @param data the ZCL frame
 */
public record IncomingMessage(
    int groupId,
    int clusterId,
    int source,
    int sourceEndpoint,
    int destinationEndpoint,
    boolean broadcast,
    int linkQuality,
    boolean encrypted,
    long timestamp,
    int sequence,
    Octets data) {
  private static final int HEADER = 17;

  /** What Z-Stack 3 puts behind the message: the last hop's address and the radius left. */
  private static final int TRAILER = 3;

  private static final int RADIUS_LEFT = 0x1D;

  /** Most octets of a message that fit one frame with its trailer. */
  public static final int DATA_MAX = ZnpFrame.DATA_MAX - HEADER - TRAILER;

  /** The message itself, of this profile. */
  Incoming of(int profileId) {
    return new Incoming(
        source,
        sourceEndpoint,
        destinationEndpoint,
        profileId,
        clusterId,
        broadcast,
        linkQuality,
        encrypted,
        data);
  }

  /** The message as a frame, with the trailer of Z-Stack 3. */
  public ZnpFrame frame() {
    OctetWriter out = new OctetWriter(data.length() + HEADER + TRAILER);
    out.uint16le(groupId).uint16le(clusterId).uint16le(source).uint8(sourceEndpoint);
    out.uint8(destinationEndpoint).uint8(broadcast ? 1 : 0).uint8(linkQuality);
    out.uint8(encrypted ? 1 : 0).uint32le(timestamp).uint8(sequence);
    out.uint8(data.length()).octets(data).uint16le(source).uint8(RADIUS_LEFT);
    return ZnpFrame.of(Command.AF_INCOMING_MSG, out);
  }

  /**
   * Reads the message, with or without a trailer.
   *
   * @throws org.hanota.api.FormatException if it is cut off
   */
  public static IncomingMessage decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    return new IncomingMessage(
        in.uint16le("GroupID"),
        in.uint16le("ClusterID"),
        in.uint16le("SrcAddr"),
        in.uint8("SrcEndpoint"),
        in.uint8("DestEndpoint"),
        in.uint8("WasBroadcast") != 0,
        in.uint8("LinkQuality"),
        in.uint8("SecurityUse") != 0,
        in.uint32le("TimeStamp"),
        in.uint8("TransSeqNumber"),
        in.octets("Data", in.uint8("Len")));
  }
}
