// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.transport.serial.stick.Outgoing;

/**
 * The header of a message. [Silicon Labs UG100, EmberApsFrame]
 *
 * @param profileId uint16
 * @param clusterId uint16
 * @param sourceEndpoint uint8
 * @param destinationEndpoint uint8
 * @param options {@link #ENCRYPTION} and others
 * @param groupId uint16
 * @param sequence uint8, the stick's own
 */
public record ApsFrame(
    int profileId,
    int clusterId,
    int sourceEndpoint,
    int destinationEndpoint,
    int options,
    int groupId,
    int sequence) {
  /** Encrypted with the link key shared with the other end. */
  public static final int ENCRYPTION = 0x0020;

  /** Sent again until the other end's APS layer acknowledges. */
  public static final int RETRY = 0x0040;

  /** A route is looked for where there is none. */
  public static final int ROUTE_DISCOVERY = 0x0100;

  /** The other end's address is looked for where it is not known. */
  public static final int ADDRESS_DISCOVERY = 0x1000;

  /** Octets that it takes. */
  static final int OCTETS = 11;

  /** The header of a message. */
  static ApsFrame of(Outgoing message) {
    int options = ROUTE_DISCOVERY | ADDRESS_DISCOVERY;
    options |= message.acknowledged() ? RETRY : 0;
    options |= message.encrypted() ? ENCRYPTION : 0;
    return new ApsFrame(
        message.profileId(),
        message.clusterId(),
        message.sourceEndpoint(),
        message.destinationEndpoint(),
        options,
        0,
        0);
  }

  /** Whether it is encrypted, or shall be. */
  public boolean encrypted() {
    return (options & ENCRYPTION) != 0;
  }

  /** Writes it. */
  void write(OctetWriter out) {
    out.uint16le(profileId).uint16le(clusterId).uint8(sourceEndpoint).uint8(destinationEndpoint);
    out.uint16le(options).uint16le(groupId).uint8(sequence);
  }

  /** Reads it. */
  static ApsFrame read(OctetReader in) {
    return new ApsFrame(
        in.uint16le("profileId"),
        in.uint16le("clusterId"),
        in.uint8("sourceEndpoint"),
        in.uint8("destinationEndpoint"),
        in.uint16le("options"),
        in.uint16le("groupId"),
        in.uint8("sequence"));
  }
}
