// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.field;

import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/** Writes the few DER types that GBCS payloads and certificates use. */
public final class Der {
  /** Tag of INTEGER. */
  public static final int INTEGER = 0x02;

  /** Tag of OCTET STRING. */
  public static final int OCTET_STRING = 0x04;

  /** Tag of NULL. */
  public static final int NULL = 0x05;

  /** Tag of GeneralizedTime. */
  public static final int GENERALIZED_TIME = 0x18;

  /** Tag of SEQUENCE and SEQUENCE OF. */
  public static final int SEQUENCE = 0x30;

  /** A length has at most two octets behind its first: no message comes near 64 KiB. */
  public static final int LENGTH_MAX = 0xFFFF;

  private Der() {}

  /** A definite length in as few octets as possible, 0 to {@link #LENGTH_MAX}. */
  public static Octets length(int length) {
    Width.range("length", length, 0, LENGTH_MAX);
    OctetWriter out = new OctetWriter(3);
    if (length > 0xFF) {
      out.uint8(0x82).uint16be(length);
    } else if (length > 0x7F) {
      out.uint8(0x81).uint8(length);
    } else {
      out.uint8(length);
    }
    return out.view();
  }

  /** Tag, length and {@code parts} one after the other. */
  public static Octets element(int tag, Octets... parts) {
    int length = 0;
    for (Octets part : parts) {
      length += part.length();
    }
    OctetWriter out = new OctetWriter(length + 4).uint8(tag).octets(length(length));
    for (Octets part : parts) {
      out.octets(part);
    }
    return out.view();
  }

  /** SEQUENCE of {@code parts}. */
  public static Octets sequence(Octets... parts) {
    return element(SEQUENCE, parts);
  }

  /** A non-negative INTEGER in as few octets as possible. */
  public static Octets integer(long value) {
    Width.range("INTEGER", value, 0, Long.MAX_VALUE);
    int count = 1;
    while (count < Long.BYTES && value >>> (8 * count - 1) != 0) {
      count++;
    }
    return element(INTEGER, new OctetWriter(8).int64be(value).view().from(Long.BYTES - count));
  }

  /** OCTET STRING. */
  public static Octets octetString(Octets octets) {
    return element(OCTET_STRING, octets);
  }

  /** GeneralizedTime with seconds and Z. */
  public static Octets generalizedTime(GeneralizedTime time) {
    return element(GENERALIZED_TIME, time.octets());
  }

  /** NULL. */
  public static Octets nothing() {
    return element(NULL);
  }
}
