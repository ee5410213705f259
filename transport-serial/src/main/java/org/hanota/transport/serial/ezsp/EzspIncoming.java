// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.Incoming;

/**
 * A message came: incomingMessageHandler. Since version 14 it has the sender's EUI-64, which is not
 * read: other hosts that run with real sticks do not trust it either.
 *
 * @param type {@link #UNICAST} and others
 * @param aps its header
 * @param linkQuality 0 to 255
 * @param source short address
 * @param message the ZCL frame
 */
public record EzspIncoming(int type, ApsFrame aps, int linkQuality, int source, Octets message) {
  /** To this node. */
  public static final int UNICAST = 0;

  /** To a group that this node is in. */
  public static final int MULTICAST = 2;

  /** This node's own message to a group. */
  public static final int MULTICAST_LOOPBACK = 3;

  /** To all. */
  public static final int BROADCAST = 4;

  /** This node's own message to all. */
  public static final int BROADCAST_LOOPBACK = 5;

  private static final int NO_INDEX = 0xFF;

  /** Whether it is this node's own. */
  public boolean loopback() {
    return type == MULTICAST_LOOPBACK || type == BROADCAST_LOOPBACK;
  }

  /** The message as all families have it. */
  Incoming incoming() {
    return new Incoming(
        source,
        aps.sourceEndpoint(),
        aps.destinationEndpoint(),
        aps.profileId(),
        aps.clusterId(),
        type >= MULTICAST,
        linkQuality,
        aps.encrypted(),
        message);
  }

  /**
   * The callback's parameters.
   *
   * @param name the sender's EUI-64, which only newer versions tell
   */
  public OctetWriter parameters(EzspVersion version, Eui64 name) {
    OctetWriter out = new OctetWriter(EzspFrame.PARAMETERS_MAX).uint8(type);
    aps.write(out);
    if (version.packetInformation()) {
      out.uint16le(source).int64le(name.value()).uint8(NO_INDEX).uint8(NO_INDEX);
      out.uint8(linkQuality).uint8(0).uint32le(0);
    } else {
      out.uint8(linkQuality).uint8(0).uint16le(source).uint8(NO_INDEX).uint8(NO_INDEX);
    }
    return out.uint8(message.length()).octets(message);
  }

  /**
   * Reads the callback.
   *
   * @throws org.hanota.api.FormatException if it is cut off
   */
  public static EzspIncoming decode(OctetReader in, EzspVersion version) {
    int type = in.uint8("type");
    ApsFrame aps = ApsFrame.read(in);
    int linkQuality;
    int source;
    if (version.packetInformation()) {
      source = in.uint16le("sender_short_id");
      in.int64le("sender_long_id");
      in.uint8("binding_index");
      in.uint8("address_index");
      linkQuality = in.uint8("last_hop_lqi");
      in.uint8("last_hop_rssi");
      in.uint32le("last_hop_timestamp");
    } else {
      linkQuality = in.uint8("lastHopLqi");
      in.uint8("lastHopRssi");
      source = in.uint16le("sender");
      in.uint8("bindingIndex");
      in.uint8("addressIndex");
    }
    Octets message = in.octets("message", in.uint8("messageLength"));
    return new EzspIncoming(type, aps, linkQuality, source, message);
  }
}
