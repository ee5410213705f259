// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * The ZCL header: frame control, manufacturer code where present, sequence, command. [ZCL 2.4.1]
 */
public final class ZclFrame {
  /** Octets of a header without manufacturer code. */
  public static final int HEADER_OCTETS = 3;

  static final int TYPE_MASK = 0x03;
  static final int TYPE_GENERAL = 0x00;
  static final int TYPE_CLUSTER = 0x01;
  static final int MANUFACTURER_SPECIFIC = 0x04;
  static final int SERVER_TO_CLIENT = 0x08;
  static final int DISABLE_DEFAULT_RESPONSE = 0x10;

  private ZclFrame() {}

  /** Whether the octets are too short to hold a header, so that nothing can be answered. */
  public static boolean lacksHeader(Octets frame) {
    return frame.length() < headerOctets(frame);
  }

  /** Transaction sequence number of a frame that does not {@linkplain #lacksHeader lack} it. */
  public static int transactionSequence(Octets frame) {
    return frame.at(headerOctets(frame) - 2);
  }

  /** The same frame with another transaction sequence number. */
  public static Octets withTransactionSequence(Octets frame, int sequence) {
    byte[] octets = frame.toByteArray();
    octets[headerOctets(frame) - 2] = (byte) Width.uint8("sequence", sequence);
    return Octets.wrap(octets);
  }

  /** Whether the sender wants no default response for success. */
  public static boolean disablesDefaultResponse(Octets frame) {
    return (frame.at(0) & DISABLE_DEFAULT_RESPONSE) != 0;
  }

  /** Which side sent the frame. */
  public static Direction direction(Octets frame) {
    return (frame.at(0) & SERVER_TO_CLIENT) != 0
        ? Direction.SERVER_TO_CLIENT
        : Direction.CLIENT_TO_SERVER;
  }

  static int headerOctets(Octets frame) {
    return !frame.isEmpty() && (frame.at(0) & MANUFACTURER_SPECIFIC) != 0
        ? HEADER_OCTETS + 2
        : HEADER_OCTETS;
  }
}
