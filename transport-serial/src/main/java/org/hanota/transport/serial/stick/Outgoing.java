// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * A message that a host gives to its stick for the radio.
 *
 * @param destination short address, or a broadcast address from {@link #FIRST_BROADCAST} on
 * @param destinationEndpoint uint8
 * @param sourceEndpoint uint8, must be registered
 * @param profileId uint16
 * @param clusterId uint16
 * @param transaction uint8, comes back when the stick tells what became of it; not the ZCL's number
 * @param acknowledged whether the other end's APS layer acknowledges
 * @param encrypted whether it is encrypted with the link key shared with the other end
 * @param data the ZCL frame
 */
public record Outgoing(
    int destination,
    int destinationEndpoint,
    int sourceEndpoint,
    int profileId,
    int clusterId,
    int transaction,
    boolean acknowledged,
    boolean encrypted,
    Octets data) {
  /** Addresses from here on name groups of nodes: all, those that listen, routers. */
  public static final int FIRST_BROADCAST = 0xFFF8;

  /** All nodes whose receiver is on when idle. */
  public static final int BROADCAST_RX_ON = 0xFFFD;

  /** Hops at most: twice the depth of a ZigBee PRO network. */
  public static final int RADIUS = 30;

  /** Checks the widths. */
  public Outgoing {
    Width.uint16("destination", destination);
    Width.uint8("destinationEndpoint", destinationEndpoint);
    Width.uint8("sourceEndpoint", sourceEndpoint);
    Width.uint16("profileId", profileId);
    Width.uint16("clusterId", clusterId);
    Width.uint8("transaction", transaction);
  }

  /** Whether it goes to more than one node. */
  public boolean broadcast() {
    return destination >= FIRST_BROADCAST;
  }
}
