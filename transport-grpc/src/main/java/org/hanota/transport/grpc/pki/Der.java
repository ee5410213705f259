// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc.pki;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The few DER values that a certificate is made of. [X.690] */
final class Der {
  static final int SEQUENCE = 0x30;
  static final int CONTEXT = 0x80;
  static final int CONSTRUCTED = 0xA0;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SHORT_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** From this year on GeneralizedTime is used. [RFC 5280, 4.1.2.5] */
  private static final Instant LONG_TIMES = Instant.parse("2050-01-01T00:00:00Z");

  private Der() {}

  /** A value whose content is these values one after the other. */
  static byte[] value(int tag, byte[]... contents) {
    int length = 0;
    for (byte[] content : contents) {
      length += content.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] octets = BigInteger.valueOf(length).toByteArray();
      int from = octets[0] == 0 ? 1 : 0;
      out.write(0x80 | (octets.length - from));
      out.write(octets, from, octets.length - from);
    }
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... contents) {
    return value(SEQUENCE, contents);
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] octetString(byte[] content) {
    return value(0x04, content);
  }

  static byte[] bitString(int unusedBits, byte[] content) {
    return value(0x03, new byte[] {(byte) unusedBits}, content);
  }

  static byte[] truth() {
    return value(0x01, new byte[] {(byte) 0xFF});
  }

  static byte[] text(int tag, String ascii) {
    return value(tag, ascii.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] oid(int... arcs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(40 * arcs[0] + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arcs[i] >>> shift != 0) {
          out.write(0x80 | (arcs[i] >>> shift & 0x7F));
        }
      }
      out.write(arcs[i] & 0x7F);
    }
    return value(0x06, out.toByteArray());
  }

  static byte[] time(Instant instant) {
    return instant.isBefore(LONG_TIMES)
        ? text(0x17, SHORT_TIME.format(instant))
        : text(0x18, TIME.format(instant));
  }
}
