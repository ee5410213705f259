// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.Outgoing;

/**
 * The host sends a message: sendUnicast or sendBroadcast.
 *
 * @param destination short address, or a broadcast address
 * @param aps its header
 * @param tag uint8, comes back in {@link EzspSent}
 * @param message the ZCL frame
 */
public record EzspSend(int destination, ApsFrame aps, int tag, Octets message) {
  private static final int DIRECT = 0;

  /** No other node's name and number are used. */
  private static final int NO_ALIAS = 0xFFFF;

  /** Most that stands beside the message in a broadcast of any version. */
  private static final int BROADCAST_OVERHEAD = 20;

  /** Most octets of a message that fit a frame; what the air carries is less. */
  public static final int MESSAGE_MAX = EzspFrame.PARAMETERS_MAX - BROADCAST_OVERHEAD;

  /** The command for a message of the host. */
  static EzspSend of(Outgoing message) {
    return new EzspSend(
        message.destination(), ApsFrame.of(message), message.transaction(), message.data());
  }

  /** Whether it goes to more than one node. */
  public boolean broadcast() {
    return destination >= Outgoing.FIRST_BROADCAST;
  }

  /** Which command it is. */
  public EzspCommand command() {
    return broadcast() ? EzspCommand.SEND_BROADCAST : EzspCommand.SEND_UNICAST;
  }

  /** The message as the host has it. */
  public Outgoing message(int sourceProfile) {
    return new Outgoing(
        destination,
        aps.destinationEndpoint(),
        aps.sourceEndpoint(),
        sourceProfile,
        aps.clusterId(),
        tag & 0xFF,
        (aps.options() & ApsFrame.RETRY) != 0,
        aps.encrypted(),
        message);
  }

  /** The command's parameters. */
  public OctetWriter parameters(EzspVersion version) {
    OctetWriter out = new OctetWriter(EzspFrame.PARAMETERS_MAX);
    if (!broadcast()) {
      out.uint8(DIRECT).uint16le(destination);
      aps.write(out);
    } else {
      if (version.broadcastAlias()) {
        out.uint16le(NO_ALIAS);
      }
      out.uint16le(destination);
      if (version.broadcastAlias()) {
        out.uint8(0);
      }
      aps.write(out);
      out.uint8(Outgoing.RADIUS);
    }
    version.tag(out, tag);
    return out.uint8(message.length()).octets(message);
  }

  /**
   * Reads sendUnicast; what goes by way of a table is taken as if it named a node.
   *
   * @throws org.hanota.api.FormatException if it is cut off
   */
  public static EzspSend unicast(OctetReader in, EzspVersion version) {
    in.uint8("type");
    int destination = in.uint16le("indexOrDestination");
    ApsFrame aps = ApsFrame.read(in);
    int tag = version.tag(in);
    return new EzspSend(destination, aps, tag, in.octets("message", in.uint8("messageLength")));
  }

  /**
   * Reads sendBroadcast.
   *
   * @throws org.hanota.api.FormatException if it is cut off
   */
  public static EzspSend broadcast(OctetReader in, EzspVersion version) {
    if (version.broadcastAlias()) {
      in.uint16le("alias");
    }
    int destination = in.uint16le("destination");
    if (version.broadcastAlias()) {
      in.uint8("nwkSequence");
    }
    ApsFrame aps = ApsFrame.read(in);
    in.uint8("radius");
    int tag = version.tag(in);
    return new EzspSend(destination, aps, tag, in.octets("message", in.uint8("messageLength")));
  }
}
