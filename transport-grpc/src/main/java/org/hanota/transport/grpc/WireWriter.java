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

  /**
   * Begins a field that is a message.
   *
   * @param atMost no more octets will follow
   * @return what {@link #end} takes
   */
  int begin(int tag, int atMost) {
    int needed = at + HEADER_OCTETS + atMost;
    if (octets.length < needed) {
      octets = Arrays.copyOf(octets, Math.max(2 * octets.length, needed));
    }
    octets[at++] = (byte) tag;
    // Room for the length, which is short most often.
    return ++at;
  }

  /** Ends the message that began there. */
  void end(int start) {
    int length = at - start;
    int longer = bareSize(length) - 1;
    if (longer > 0) {
      System.arraycopy(octets, start, octets, start + longer, length);
    }
    at = start - 1;
    bare(length);
    at += length;
  }

  void message(int tag, MessageLite message) {
    int length = message.getSerializedSize();
    int start = begin(tag, length);
    try {
      message.writeTo(CodedOutputStream.newInstance(octets, at, length));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    at += length;
    end(start);
  }

  private static int bareSize(int value) {
    // Seven bits to an octet.
    return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
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
