// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/** Writes the few DER types that GBCS payloads, keys and certificates use. [X.690] */
public final class Der {
  /** Tag of BOOLEAN. */
  public static final int BOOLEAN = 0x01;

  /** Tag of INTEGER. */
  public static final int INTEGER = 0x02;

  /** Tag of BIT STRING. */
  public static final int BIT_STRING = 0x03;

  /** Tag of OCTET STRING. */
  public static final int OCTET_STRING = 0x04;

  /** Tag of NULL. */
  public static final int NULL = 0x05;

  /** Tag of OBJECT IDENTIFIER. */
  public static final int OBJECT_IDENTIFIER = 0x06;

  /** Tag of UTCTime. */
  public static final int UTC_TIME = 0x17;

  /** Tag of GeneralizedTime. */
  public static final int GENERALIZED_TIME = 0x18;

  /** Tag of SEQUENCE and SEQUENCE OF. */
  public static final int SEQUENCE = 0x30;

  /** A length has at most two octets behind its first: no message comes near 64 KiB. */
  public static final int LENGTH_MAX = 0xFFFF;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SHORT_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Instant LONG_TIMES = Instant.parse("2050-01-01T00:00:00Z");

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

  /** An INTEGER of any size, in as few octets as possible. */
  public static Octets integer(BigInteger value) {
    return element(INTEGER, Octets.wrap(value.toByteArray()));
  }

  /** BOOLEAN, true. */
  public static Octets truth() {
    return element(BOOLEAN, Octets.copyOf((byte) 0xFF));
  }

  /** BIT STRING whose last octet has {@code unused} bits that do not count. */
  public static Octets bitString(int unused, Octets octets) {
    Width.range("unused", unused, 0, 7);
    return element(BIT_STRING, Octets.copyOf((byte) unused), octets);
  }

  /** OBJECT IDENTIFIER of {@code arcs}, the first two below 40. */
  public static Octets oid(int... arcs) {
    OctetWriter out = new OctetWriter(5 * arcs.length).uint8(40 * arcs[0] + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arcs[i] >>> shift != 0) {
          out.uint8(0x80 | (arcs[i] >>> shift & 0x7F));
        }
      }
      out.uint8(arcs[i] & 0x7F);
    }
    return element(OBJECT_IDENTIFIER, out.view());
  }

  /** A text in ASCII under the tag of its type. */
  public static Octets text(int tag, String ascii) {
    return element(tag, Octets.wrap(ascii.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The time of a certificate: UTCTime before 2050, then GeneralizedTime. [RFC 5280, 4.1.2.5] */
  public static Octets time(Instant instant) {
    return instant.isBefore(LONG_TIMES)
        ? text(UTC_TIME, SHORT_TIME.format(instant))
        : text(GENERALIZED_TIME, TIME.format(instant));
  }

  /** NULL. */
  public static Octets nothing() {
    return element(NULL);
  }
}
