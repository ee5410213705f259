// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.transport.serial.stick.Outgoing;

/**
 * The host sends a message over the radio: AF_DATA_REQUEST to one node, AF_DATA_REQUEST_EXT to all.
 *
 * @param destination short address, or a broadcast address from {@link Outgoing#FIRST_BROADCAST} on
 * @param destinationEndpoint uint8
 * @param sourceEndpoint uint8, must be registered
 * @param clusterId uint16
 * @param transactionId uint8, comes back in the confirm; not the ZCL's number
 * @param options {@link #OPTION_ACKNOWLEDGEMENT}, {@link #OPTION_ENCRYPTION} and others
 * @param radius hops at most
 * @param data the ZCL frame
 */
public record DataRequest(
    int destination,
    int destinationEndpoint,
    int sourceEndpoint,
    int clusterId,
    int transactionId,
    int options,
    int radius,
    Octets data) {
  /** The other end's APS layer acknowledges. */
  public static final int OPTION_ACKNOWLEDGEMENT = 0x10;

  /** Encrypted with the link key shared with the other end. */
  public static final int OPTION_ENCRYPTION = 0x40;

  /** Octets before the data in an AF_DATA_REQUEST, whose whole data is at most 250. */
  private static final int HEADER = 10;

  /** Octets before the data in an AF_DATA_REQUEST_EXT. */
  private static final int HEADER_EXT = 20;

  /** Most octets of a message. */
  public static final int DATA_MAX = ZnpFrame.DATA_MAX - HEADER_EXT;

  private static final int MODE_GROUP = 1;
  private static final int MODE_SHORT = 2;
  private static final int MODE_EUI64 = 3;
  private static final int MODE_BROADCAST = 0x0F;

  /** Checks the widths and the length. */
  public DataRequest {
    Width.uint16("destination", destination);
    Width.uint8("destinationEndpoint", destinationEndpoint);
    Width.uint8("sourceEndpoint", sourceEndpoint);
    Width.uint16("clusterId", clusterId);
    Width.uint8("transactionId", transactionId);
    Width.uint8("options", options);
    Width.uint8("radius", radius);
    Width.range("data", data.length(), 0, ZnpFrame.DATA_MAX - HEADER);
  }

  /** The request for a message; the profile is that of the source endpoint. */
  static DataRequest of(Outgoing message) {
    int options =
        (message.acknowledged() ? OPTION_ACKNOWLEDGEMENT : 0)
            | (message.encrypted() ? OPTION_ENCRYPTION : 0);
    return new DataRequest(
        message.destination(),
        message.destinationEndpoint(),
        message.sourceEndpoint(),
        message.clusterId(),
        message.transaction(),
        options,
        Outgoing.RADIUS,
        message.data());
  }

  /** The message that it sends, of this profile. */
  public Outgoing message(int profileId) {
    return new Outgoing(
        destination,
        destinationEndpoint,
        sourceEndpoint,
        profileId,
        clusterId,
        transactionId,
        (options & OPTION_ACKNOWLEDGEMENT) != 0,
        (options & OPTION_ENCRYPTION) != 0,
        data);
  }

  /** Whether it goes to more than one node; such a request gets no confirm. */
  public boolean broadcast() {
    return destination >= Outgoing.FIRST_BROADCAST;
  }

  /** The request as a frame. */
  public ZnpFrame frame() {
    OctetWriter out = new OctetWriter(data.length() + HEADER_EXT);
    if (!broadcast()) {
      out.uint16le(destination).uint8(destinationEndpoint).uint8(sourceEndpoint);
      out.uint16le(clusterId).uint8(transactionId).uint8(options).uint8(radius);
      return ZnpFrame.of(Command.AF_DATA_REQUEST, out.uint8(data.length()).octets(data));
    }
    out.uint8(MODE_SHORT).int64le(destination).uint8(destinationEndpoint).uint16le(0);
    out.uint8(sourceEndpoint).uint16le(clusterId).uint8(transactionId).uint8(options);
    out.uint8(radius).uint16le(data.length()).octets(data);
    return ZnpFrame.of(Command.AF_DATA_REQUEST_EXT, out);
  }

  /**
   * Reads AF_DATA_REQUEST.
   *
   * @throws FormatException if the data is cut off or goes on
   */
  public static DataRequest decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    int destination = in.uint16le("DstAddr");
    int destinationEndpoint = in.uint8("DestEndpoint");
    int sourceEndpoint = in.uint8("SrcEndpoint");
    int clusterId = in.uint16le("ClusterID");
    int transactionId = in.uint8("TransID");
    int options = in.uint8("Options");
    int radius = in.uint8("Radius");
    Octets data = in.octets("Data", in.uint8("Len"));
    in.end("AF_DATA_REQUEST");
    return new DataRequest(
        destination,
        destinationEndpoint,
        sourceEndpoint,
        clusterId,
        transactionId,
        options,
        radius,
        data);
  }

  /**
   * Reads AF_DATA_REQUEST_EXT with a short or a broadcast address; a group is taken for a broadcast
   * to all that listen, since an emulated network has no groups.
   *
   * @throws FormatException if the data is cut off or goes on, or the address is of another kind
   */
  public static DataRequest decodeExt(Octets octets) {
    OctetReader in = new OctetReader(octets);
    int mode = in.uint8("DstAddrMode");
    int address = (int) (in.int64le("DstAddr") & Width.UINT16_MAX);
    int destination =
        switch (mode) {
          case MODE_SHORT, MODE_BROADCAST -> address;
          case MODE_GROUP -> Outgoing.BROADCAST_RX_ON;
          default ->
              throw new FormatException(
                  "DstAddrMode",
                  0,
                  mode == MODE_EUI64 ? "3, an EUI-64" : String.valueOf(mode),
                  "1, 2 or 15");
        };
    int destinationEndpoint = in.uint8("DestEndpoint");
    in.uint16le("DstPanID");
    int sourceEndpoint = in.uint8("SrcEndpoint");
    int clusterId = in.uint16le("ClusterID");
    int transactionId = in.uint8("TransID");
    int options = in.uint8("Options");
    int radius = in.uint8("Radius");
    Octets data = in.octets("Data", in.uint16le("Len"));
    in.end("AF_DATA_REQUEST_EXT");
    return new DataRequest(
        destination,
        destinationEndpoint,
        sourceEndpoint,
        clusterId,
        transactionId,
        options,
        radius,
        data);
  }
}
