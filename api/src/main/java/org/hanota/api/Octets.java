// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable view of octets: equal by content, sliced without copying. Whoever {@link #wrap
 * wraps} an array promises not to change it while the view is in use.
 */
public final class Octets implements OctetSource, Comparable<Octets> {
  /** No octets. */
  public static final Octets EMPTY = new Octets(new byte[0], 0, 0);

  /** {@code toString} shows this many octets: enough to recognise a header, short enough to log. */
  private static final int SHOWN = 16;

  private static final HexFormat HEX = HexFormat.of();

  /** Two octets of an array as one little-endian number. */
  static final VarHandle LITTLE_16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /** Eight octets of an array as one little-endian number. */
  static final VarHandle LITTLE_64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Four octets of an array as one little-endian number. */
  static final VarHandle LITTLE_32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] array;
  private final int start;
  private final int length;

  private Octets(byte[] array, int start, int length) {
    this.array = array;
    this.start = start;
    this.length = length;
  }

  /** A copy of {@code octets}. */
  public static Octets copyOf(byte... octets) {
    return new Octets(octets.clone(), 0, octets.length);
  }

  /** A view of {@code array}, which nobody may change from now on. */
  public static Octets wrap(byte[] array) {
    return new Octets(array, 0, array.length);
  }

  /** A view of a part of {@code array}, which nobody may change while the view is in use. */
  public static Octets wrap(byte[] array, int from, int length) {
    Objects.checkFromIndexSize(from, length, array.length);
    return new Octets(array, from, length);
  }

  /**
   * Reads hexadecimal digits, upper or lower case, without separators.
   *
   * @throws FormatException if {@code text} is anything else
   */
  public static Octets fromHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        throw new FormatException(
            "hexadecimal text", i, "'" + text.charAt(i) + "'", "digits 0-9, A-F");
      }
    }
    if (text.length() % 2 != 0) {
      throw new FormatException(
          "hexadecimal text", text.length(), text.length() + " digits", "an even number of digits");
    }
    return wrap(HEX.parseHex(text));
  }

  /** How many octets there are. */
  public int length() {
    return length;
  }

  @Override
  public long size() {
    return length;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** The octet at {@code index}, 0 to 255. */
  public int at(int index) {
    Objects.checkIndex(index, length);
    return array[start + index] & 0xFF;
  }

  /** Little-endian uint16 at {@code index}. */
  public int uint16le(int index) {
    Objects.checkFromIndexSize(index, 2, length);
    return (short) LITTLE_16.get(array, start + index) & Width.UINT16_MAX;
  }

  /** Little-endian uint32 at {@code index}. */
  public long uint32le(int index) {
    Objects.checkFromIndexSize(index, 4, length);
    return (int) LITTLE_32.get(array, start + index) & Width.UINT32_MAX;
  }

  /** Little-endian 64 bits at {@code index}. */
  public long int64le(int index) {
    Objects.checkFromIndexSize(index, 8, length);
    return (long) LITTLE_64.get(array, start + index);
  }

  /** Big-endian uint16 at {@code index}. */
  public int uint16be(int index) {
    return at(index) << 8 | at(index + 1);
  }

  /** Big-endian uint32 at {@code index}. */
  public long uint32be(int index) {
    return (long) uint16be(index) << 16 | uint16be(index + 2);
  }

  /** Big-endian 64 bits at {@code index}. */
  public long int64be(int index) {
    return uint32be(index) << 32 | uint32be(index + 4);
  }

  /** A view of {@code length} octets from {@code from}. */
  public Octets slice(int from, int count) {
    Objects.checkFromIndexSize(from, count, length);
    return count == length ? this : new Octets(array, start + from, count);
  }

  /** A view of everything from {@code from} on. */
  public Octets from(int from) {
    return slice(from, length - from);
  }

  @Override
  public Octets octets(long offset, int count) {
    if (offset < 0 || count < 0 || offset > length - count) {
      throw new IndexOutOfBoundsException(
          count + " octets from " + offset + ", there are " + length);
    }
    return count == length ? this : new Octets(array, start + (int) offset, count);
  }

  /** Copies {@code count} octets from {@code from} into {@code target} at {@code position}. */
  public void copyTo(int from, byte[] target, int position, int count) {
    Objects.checkFromIndexSize(from, count, length);
    System.arraycopy(array, start + from, target, position, count);
  }

  /** Copies all octets into {@code target} at {@code position}. */
  public void copyTo(byte[] target, int position) {
    System.arraycopy(array, start, target, position, length);
  }

  /** A new array with the octets. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, start, start + length);
  }

  /** These octets with an array of their own, for whoever keeps them longer than their sender. */
  public Octets copy() {
    return wrap(toByteArray());
  }

  /** A read-only buffer over the octets. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array, start, length).slice().asReadOnlyBuffer();
  }

  /** Feeds the octets to a digest. */
  public void update(MessageDigest digest) {
    digest.update(array, start, length);
  }

  /** These octets followed by {@code more}. */
  public Octets concat(Octets more) {
    byte[] both = Arrays.copyOfRange(array, start, start + length + more.length);
    more.copyTo(both, length);
    return wrap(both);
  }

  /** Lower-case hexadecimal digits. */
  public String toHex() {
    return HEX.formatHex(array, start, start + length);
  }

  @Override
  public int compareTo(Octets other) {
    return Arrays.compareUnsigned(
        array, start, start + length, other.array, other.start, other.start + other.length);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Octets that
            && Arrays.equals(
                array, start, start + length, that.array, that.start, that.start + that.length));
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    String shown = HEX.formatHex(array, start, start + Math.min(length, SHOWN));
    return length + " octets " + shown + (length > SHOWN ? ".." : "");
  }
}
