// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.hanota.api.Octets;

/** Writes the fields of protobuf messages. A field that is zero is left out. */
final class WireWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What the number and the length of a field take at most. */
  private static final int HEADER_OCTETS = 6;

  private byte[] octets = new byte[256];
  private int at;

  static int varintSize(long value) {
    return value == 0 ? 0 : 1 + bareSize(value);
  }

  static int fixed64Size(long value) {
    return value == 0 ? 0 : 1 + Long.BYTES;
  }

  static int octetsSize(int length) {
    return length == 0 ? 0 : messageSize(length);
  }

  static int messageSize(int length) {
    return 1 + bareSize(length) + length;
  }

  private static int bareSize(long value) {
    // Seven bits to an octet: 64 bits take ten.
    return (Long.SIZE * 9 + 64 - Long.numberOfLeadingZeros(value) * 9) / 64;
  }

  void varint(int tag, long value) {
    if (value != 0) {
      octets[at++] = (byte) tag;
      bare(value);
    }
  }

  void fixed64(int tag, long value) {
    if (value != 0) {
      octets[at++] = (byte) tag;
      LONG.set(octets, at, value);
      at += Long.BYTES;
    }
  }

  void octets(int tag, Octets value) {
    if (!value.isEmpty()) {
      octets[at++] = (byte) tag;
      bare(value.length());
      value.copyTo(octets, at);
      at += value.length();
    }
  }

  /** Begins a message of so many octets, for which it makes room. */
  void message(int tag, int length) {
    if (octets.length - at < HEADER_OCTETS + length) {
      octets = Arrays.copyOf(octets, Math.max(2 * octets.length, at + HEADER_OCTETS + length));
    }
    octets[at++] = (byte) tag;
    bare(length);
  }

  void message(int tag, MessageLite message) {
    int length = message.getSerializedSize();
    message(tag, length);
    try {
      message.writeTo(CodedOutputStream.newInstance(octets, at, length));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    at += length;
  }

  private void bare(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      octets[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    octets[at++] = (byte) rest;
  }

  int length() {
    return at;
  }

  /** What was written; the next message begins. */
  byte[] taken() {
    byte[] message = Arrays.copyOf(octets, at);
    at = 0;
    return message;
  }
}
