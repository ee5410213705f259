// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.field;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.keys.Der;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a message one after the other. Every refusal names the field and its offset
 * in the whole message. A {@linkplain #part part} is read by a reader of its own that ends where
 * the part ends, so a length can never lead outside. Keeps a list of what it read if asked to.
 */
public final class FieldReader {
  private final Octets whole;
  private final int end;
  private final @Nullable List<Field> fields;
  private int position;

  private FieldReader(Octets whole, int position, int end, @Nullable List<Field> fields) {
    this.whole = whole;
    this.position = position;
    this.end = end;
    this.fields = fields;
  }

  /** Reads {@code octets} from their first. */
  public static FieldReader of(Octets octets) {
    return new FieldReader(octets, 0, octets.length(), null);
  }

  /** Reads {@code octets} from their first and adds each field to {@code fields}. */
  public static FieldReader recording(Octets octets, List<Field> fields) {
    return new FieldReader(octets, 0, octets.length(), fields);
  }

  /** Offset of the next octet in the whole message. */
  public int position() {
    return position;
  }

  /** Octets left in this part. */
  public int remaining() {
    return end - position;
  }

  /** The next octet without reading it, or -1 at the end. */
  public int peek() {
    return position < end ? whole.at(position) : -1;
  }

  /** Everything this reader has read since {@code from}. */
  public Octets since(int from) {
    return whole.slice(from, position - from);
  }

  /** Gives the field read last a meaning in words. */
  public void means(String meaning) {
    if (fields != null) {
      int last = fields.size() - 1;
      Field field = fields.get(last);
      fields.set(last, new Field(field.name(), field.offset(), field.octets(), meaning));
    }
  }

  /** The next {@code count} octets. */
  public Octets octets(String field, int count) {
    int at = advance(field, count);
    return record(field, at, whole.slice(at, count), null);
  }

  /** A uint8. */
  public int uint8(String field) {
    int at = advance(field, 1);
    return (int) number(field, at, whole.at(at));
  }

  /** A big-endian uint16. */
  public int uint16(String field) {
    int at = advance(field, 2);
    return (int) number(field, at, whole.uint16be(at));
  }

  /** A big-endian uint32. */
  public long uint32(String field) {
    int at = advance(field, 4);
    return number(field, at, whole.uint32be(at));
  }

  /** Big-endian unsigned 64 bits. */
  public long uint64(String field) {
    int at = advance(field, Long.BYTES);
    long value = whole.int64be(at);
    record(field, at, whole.slice(at, Long.BYTES), Long.toUnsignedString(value));
    return value;
  }

  /** An EUI-64, most significant octet first. */
  public Eui64 eui64(String field) {
    int at = advance(field, Long.BYTES);
    Eui64 value = new Eui64(whole.int64be(at));
    record(field, at, whole.slice(at, Long.BYTES), value.toString());
    return value;
  }

  /** Octets that must be {@code hex}. */
  public void constant(String field, String hex) {
    Octets allowed = Octets.fromHex(hex);
    int at = advance(field, allowed.length());
    Octets found = whole.slice(at, allowed.length());
    if (!found.equals(allowed)) {
      throw new FormatException(field, at, found.toHex(), allowed.toHex());
    }
    record(field, at, found, "constant");
  }

  /** A uint8 that is the code of one of {@code values}. */
  public <E extends Enum<E> & Coded> E code8(String field, List<E> values) {
    int at = position;
    return coded(field, at, uint8(field), 2, values);
  }

  /** A big-endian uint16 that is the code of one of {@code values}. */
  public <E extends Enum<E> & Coded> E code16(String field, List<E> values) {
    int at = position;
    return coded(field, at, uint16(field), 4, values);
  }

  /** A DER length of definite form in as few octets as possible, that the part can hold. */
  public int length(String field) {
    int at = position;
    int length = rawLength(field);
    record(field, at, since(at), length + " octets");
    return length;
  }

  /** A reader for the next {@code count} octets. */
  public FieldReader part(String field, int count) {
    int at = advance(field, count);
    return new FieldReader(whole, at, at + count, fields);
  }

  /** Reads the head of a DER SEQUENCE; the answer reads what it holds. */
  public FieldReader sequence(String field) {
    return constructed(field, Der.SEQUENCE);
  }

  /** Reads the head of a constructed DER element; the answer reads what it holds. */
  public FieldReader constructed(String field, int tag) {
    int at = position;
    int length = head(field, tag);
    record(field, at, since(at), "holds " + length + " octets");
    return part(field, length);
  }

  /** The content of a DER element with {@code tag}. */
  public Octets element(String field, int tag) {
    int at = position;
    int length = head(field, tag);
    Octets content = whole.slice(advance(field, length), length);
    record(field, at, since(at), null);
    return content;
  }

  /** The content of a DER OCTET STRING of {@code count} octets. */
  public Octets octetString(String field, int count) {
    int at = position;
    Octets content = element(field, Der.OCTET_STRING);
    exactly(field, at, content, count);
    means(content.toHex());
    return content;
  }

  /** A DER OCTET STRING that holds an EUI-64. */
  public Eui64 octetStringEui64(String field) {
    return new Eui64(octetString(field, Long.BYTES).int64be(0));
  }

  /** A DER INTEGER from 0 to {@code maximum}. */
  public long integer(String field, long maximum) {
    int at = position;
    Octets content = element(field, Der.INTEGER);
    int count = content.length();
    boolean minimal = count == 1 || (count > 1 && (content.at(0) != 0 || content.at(1) > 0x7F));
    if (!minimal || count > Long.BYTES || content.at(0) > 0x7F) {
      throw new FormatException(
          field, at, content.toHex(), "a minimal INTEGER from 0 to " + maximum);
    }
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | content.at(i);
    }
    if (value > maximum) {
      throw new FormatException(field, at, Long.toString(value), "0 to " + maximum);
    }
    means(Long.toString(value));
    return value;
  }

  /** A DER INTEGER that is the code of one of {@code values}. */
  public <E extends Enum<E> & Coded> E codeInteger(String field, List<E> values) {
    int at = position;
    int code = (int) integer(field, Width.UINT16_MAX);
    return coded(field, at, code, code > Width.UINT8_MAX ? 4 : 2, values);
  }

  /** A DER GeneralizedTime. */
  public GeneralizedTime generalizedTime(String field) {
    int at = position;
    Octets content = element(field, Der.GENERALIZED_TIME);
    try {
      GeneralizedTime time =
          GeneralizedTime.parse(new String(content.toByteArray(), StandardCharsets.ISO_8859_1));
      means(time.toString());
      return time;
    } catch (FormatException e) {
      throw new FormatException(field, at, e.found(), e.allowed());
    }
  }

  /** A DER NULL. */
  public void nothing(String field) {
    int at = position;
    exactly(field, at, element(field, Der.NULL), 0);
    means("NULL");
  }

  /** Twelve octets of a COSEM date-time, without tag or length. */
  public CosemDateTime cosemDateTime(String field) {
    int at = position;
    Octets content = octets(field, CosemDateTime.LENGTH);
    try {
      CosemDateTime time = CosemDateTime.parse(content);
      means(time.toString());
      return time;
    } catch (FormatException e) {
      throw new FormatException(field, at, e.found(), e.allowed());
    }
  }

  /** Refuses octets behind the last field of {@code what}. */
  public void end(String what) {
    if (remaining() > 0) {
      throw new FormatException(
          "end of " + what, position, remaining() + " more octets", "no more octets");
    }
  }

  private <E extends Enum<E> & Coded> E coded(
      String field, int at, int code, int digits, List<E> values) {
    for (E value : values) {
      if (value.code() == code) {
        means(Width.hex(code, digits) + " " + value.officialName());
        return value;
      }
    }
    StringJoiner allowed = new StringJoiner(", ");
    for (E value : values) {
      allowed.add(
          Width.hex(value.code(), Math.max(digits, width(value))) + " " + value.officialName());
    }
    throw new FormatException(field, at, Width.hex(code, digits), allowed.toString());
  }

  private static int width(Coded value) {
    return value.code() > Width.UINT8_MAX ? 4 : 2;
  }

  private int head(String field, int tag) {
    int at = advance(field, 1);
    if (whole.at(at) != tag) {
      throw new FormatException(
          field, at, "tag " + Width.hex(whole.at(at), 2), "tag " + Width.hex(tag, 2));
    }
    return rawLength(field);
  }

  private int rawLength(String field) {
    int at = advance(field, 1);
    int length = whole.at(at);
    if (length > 0x7F) {
      int count = length & 0x7F;
      if (count < 1 || count > 2) {
        throw new FormatException(
            field, at, "length form " + Width.hex(length, 2), "a length up to " + Der.LENGTH_MAX);
      }
      int first = advance(field, count);
      length = count == 1 ? whole.at(first) : whole.uint16be(first);
      if (length < (count == 1 ? 0x80 : 0x100)) {
        throw new FormatException(
            field, at, "length " + length + " in " + (count + 1) + " octets", "the shortest form");
      }
    }
    if (length > remaining()) {
      throw new FormatException(
          field, at, "length " + length, "at most the " + remaining() + " octets left");
    }
    return length;
  }

  private static void exactly(String field, int at, Octets content, int count) {
    if (content.length() != count) {
      throw new FormatException(field, at, content.length() + " octets", count + " octets");
    }
  }

  private long number(String field, int at, long value) {
    record(field, at, since(at), Long.toString(value));
    return value;
  }

  private Octets record(String field, int at, Octets octets, @Nullable String meaning) {
    if (fields != null) {
      fields.add(new Field(field, at, octets, meaning == null ? octets.toHex() : meaning));
    }
    return octets;
  }

  private int advance(String field, int count) {
    if (count > remaining()) {
      throw new FormatException(field, position, remaining() + " octets left", count + " octets");
    }
    int at = position;
    position += count;
    return at;
  }
}
