// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.keys.Der;

/** The shapes that the DLMS COSEM payloads share: heads of requests and responses, typed data. */
final class Dlms {
  static final int ARRAY = 0x01;
  static final int STRUCTURE = 0x02;
  static final int BOOLEAN = 0x03;
  static final int BIT_STRING = 0x04;
  static final int OCTET_STRING = 0x09;
  static final int INTEGER = 0x0F;
  static final int UNSIGNED = 0x11;
  static final int LONG_UNSIGNED = 0x12;
  static final int ENUM = 0x16;

  static final int ACCESS_REQUEST = 0xD9;
  static final int ACCESS_RESPONSE = 0xDA;
  static final int DATA_NOTIFICATION = 0x0F;

  static final int GET = 0x01;
  static final int SET = 0x02;
  static final int ACTION = 0x03;

  /** ZigBee network control, class 104: the object that holds the hub's device log. */
  static final String DEVICE_LOG = "006800001E0300FF";

  /** Clock, class 8. */
  static final String CLOCK = "00080000010000FF";

  /** Installation codes and hashed link keys. */
  static final int KEY_LENGTH = 16;

  /** Priority high, service class confirmed or not: the top octet of every reference message. */
  private static final int INVOKE_ID_TOP = 0x20;

  private Dlms() {}

  /** Reads tag, long invoke id and the absent date-time; returns the low 24 bits. */
  static int readHead(FieldReader in, int tag) {
    in.constant("tag", Width.hex(tag, 2));
    int at = in.position();
    long id = in.uint32("long-invoke-id-and-priority");
    if (id >>> 24 != INVOKE_ID_TOP) {
      throw new FormatException(
          "long-invoke-id-and-priority", at, Width.hex(id, 8), "20 and 24 bits of the counter");
    }
    in.constant("date-time length", "00");
    return (int) (id & Width.UINT24_MAX);
  }

  static OctetWriter head(int tag, int longInvokeId) {
    return new OctetWriter(64)
        .uint8(tag)
        .uint8(INVOKE_ID_TOP)
        .uint8(longInvokeId >> 16)
        .uint16be(longInvokeId)
        .uint8(0);
  }

  static void checkInvokeId(int longInvokeId) {
    Width.range("longInvokeId", longInvokeId, 0, Width.UINT24_MAX);
  }

  static boolean agrees(int longInvokeId, long originatorCounter) {
    return longInvokeId == (originatorCounter & Width.UINT24_MAX);
  }

  /** A response without data whose only access is {@code choice}. */
  static Octets plainResponse(int longInvokeId, int choice, DataAccessResult result) {
    return head(ACCESS_RESPONSE, longInvokeId)
        .octets(Octets.fromHex("00010001"))
        .uint8(choice)
        .uint8(result.code())
        .toOctets();
  }

  /** Reads what stands between head and the one result of a response without data. */
  static DataAccessResult readPlainResult(FieldReader in, int choice) {
    in.constant("access-response data", "000100");
    return readResult(in, choice);
  }

  static DataAccessResult readResult(FieldReader in, int choice) {
    in.constant("access-response-specification", "01" + Width.hex(choice, 2));
    return in.code8("result", DataAccessResult.ALL);
  }

  static void tag(FieldReader in, String field, int tag) {
    in.constant(field + " type", Width.hex(tag, 2));
  }

  static void structure(FieldReader in, String field, int count) {
    in.constant(field, Width.hex(STRUCTURE, 2) + Width.hex(count, 2));
    in.means("structure of " + count);
  }

  static int array(FieldReader in, String field) {
    tag(in, field, ARRAY);
    // A length's form, though it counts elements: each has an octet, so the limit is right.
    return in.length(field + " elements");
  }

  static OctetWriter array(OctetWriter out, int count) {
    return out.uint8(ARRAY).octets(Der.length(count));
  }

  static Octets octetString(FieldReader in, String field, int count) {
    in.constant(field + " type", Width.hex(OCTET_STRING, 2) + Width.hex(count, 2));
    in.means("octet-string of " + count);
    return in.octets(field, count);
  }

  static OctetWriter octetString(OctetWriter out, Octets octets) {
    return out.uint8(OCTET_STRING).octets(Der.length(octets.length())).octets(octets);
  }

  static Eui64 eui64(FieldReader in, String field) {
    return new Eui64(octetString(in, field, Long.BYTES).int64be(0));
  }

  static CosemDateTime dateTime(FieldReader in, String field) {
    in.constant(field + " type", Width.hex(OCTET_STRING, 2) + Width.hex(CosemDateTime.LENGTH, 2));
    in.means("octet-string of " + CosemDateTime.LENGTH);
    return in.cosemDateTime(field);
  }

  static int uint8(FieldReader in, String field, int tag) {
    tag(in, field, tag);
    return in.uint8(field);
  }

  static Octets key(String name, Octets key) {
    if (key.length() != KEY_LENGTH) {
      throw new IllegalArgumentException(
          name + " has " + key.length() + " octets, allowed " + KEY_LENGTH);
    }
    return key;
  }
}
