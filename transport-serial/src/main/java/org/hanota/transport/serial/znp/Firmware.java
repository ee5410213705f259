// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * What runs on the stick, as SYS_VERSION tells.
 *
 * @param transportRevision of the serial protocol, 2
 * @param product {@link #ZSTACK_1_2}, {@link #ZSTACK_3_X_0} or {@link #ZSTACK_3_0_X}
 * @param major release
 * @param minor release
 * @param maintenance release
 * @param revision the builder's own number, usually a date as in 20230507; 0 if not told
 */
public record Firmware(
    int transportRevision, int product, int major, int minor, int maintenance, long revision) {
  /** Z-Stack Home 1.2, of CC2530 and CC2531. */
  public static final int ZSTACK_1_2 = 0;

  /** Z-Stack 3.x.0, of CC1352 and CC2652: what this project is made for. */
  public static final int ZSTACK_3_X_0 = 1;

  /** Z-Stack 3.0.x, of CC2530 and CC2531. */
  public static final int ZSTACK_3_0_X = 2;

  /** The answer to SYS_VERSION, in its form of nine octets. */
  public Octets octets() {
    OctetWriter out = new OctetWriter(9);
    out.uint8(transportRevision).uint8(product).uint8(major).uint8(minor).uint8(maintenance);
    return out.uint32le(revision).toOctets();
  }

  /**
   * Reads the answer, of 5, 9 or 14 octets.
   *
   * @throws org.hanota.api.FormatException if it is shorter
   */
  public static Firmware decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    int transportRevision = in.uint8("TransportRev");
    int product = in.uint8("Product");
    int major = in.uint8("MajorRel");
    int minor = in.uint8("MinorRel");
    int maintenance = in.uint8("MaintRel");
    long revision = in.remaining() >= Integer.BYTES ? in.uint32le("revision") : 0;
    return new Firmware(transportRevision, product, major, minor, maintenance, revision);
  }

  /** The product's name in words. */
  public String productName() {
    return switch (product) {
      case ZSTACK_1_2 -> "Z-Stack 1.2";
      case ZSTACK_3_X_0 -> "Z-Stack 3.x.0";
      case ZSTACK_3_0_X -> "Z-Stack 3.0.x";
      default -> "product " + product;
    };
  }

  @Override
  public String toString() {
    return productName()
        + ", release "
        + major
        + "."
        + minor
        + "."
        + maintenance
        + (revision == 0 ? "" : ", revision " + revision);
  }
}
