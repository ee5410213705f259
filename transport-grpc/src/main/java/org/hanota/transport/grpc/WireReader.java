// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;

/** Reads the fields of an encoded protobuf message. Each method throws {@link FormatException}. */
final class WireReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int VARINT_BITS = 70;

  private final byte[] octets;
  private int at;
  private int end;

  WireReader(byte[] octets) {
    this.octets = octets;
    this.end = octets.length;
  }

  /** Whether the next field is this one, which has then begun. */
  boolean next(int tag) {
    if (at < end && octets[at] == tag) {
      at++;
      return true;
    }
    return false;
  }

  /** The next field's number and kind; 0 at the end of the message. */
  int tag() {
    if (at == end) {
      return 0;
    }
    int tag = (int) varint();
    if (tag >>> 3 == 0) {
      throw malformed("a field with number 0");
    }
    return tag;
  }

  long varint() {
    if (at < end && octets[at] >= 0) {
      return octets[at++];
    }
    long value = 0;
    for (int shift = 0; shift < VARINT_BITS; shift += 7) {
      if (at == end) {
        throw malformed("the end of the octets");
      }
      byte octet = octets[at++];
      value |= (octet & 0x7FL) << shift;
      if (octet >= 0) {
        return value;
      }
    }
    throw malformed("a number of more than 10 octets");
  }

  long fixed64() {
    need(Long.BYTES);
    long value = (long) LONG.get(octets, at);
    at += Long.BYTES;
    return value;
  }

  /** A view of the octets of a field. */
  Octets octets() {
    int length = length();
    at += length;
    return Octets.wrap(octets, at - length, length);
  }

  String text() {
    int length = length();
    try {
      ByteBuffer text = ByteBuffer.wrap(octets, at, length);
      at += length;
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException fault) {
      throw malformed("text that is not UTF-8");
    }
  }

  private int length() {
    int length = (int) varint();
    need(length);
    return length;
  }

  private void need(int count) {
    if (count < 0 || count > end - at) {
      throw malformed(Integer.toUnsignedString(count) + " octets of which " + (end - at) + " are");
    }
  }

  /** Goes into the message that a field is; returns what {@link #leave} takes. */
  int enter() {
    int length = length();
    int outer = end;
    end = at + length;
    return outer;
  }

  /** Goes on after a message that was read to its end. */
  void leave(int outer) {
    end = outer;
  }

  /** Passes over a field of a later contract. */
  void skip(int tag) {
    CodedInputStream rest = CodedInputStream.newInstance(octets, at, end - at);
    try {
      if (!rest.skipField(tag)) {
        throw malformed("the end of a group");
      }
    } catch (IOException fault) {
      throw malformed(String.valueOf(fault.getMessage()));
    }
    at += rest.getTotalBytesRead();
  }

  private FormatException malformed(String found) {
    return new FormatException("message", at, found, "a hanota.v1.LinkMessage");
  }
}
