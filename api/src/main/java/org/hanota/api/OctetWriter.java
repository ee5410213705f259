// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

import java.util.Arrays;

/** Writes fields one after the other into an array that grows; may be cleared and used again. */
public final class OctetWriter {
  private byte[] array;
  private int length;

  /** The last view: frames of one length follow each other, and need no view each. */
  private Octets view = Octets.EMPTY;

  /** A writer with room for {@code capacity} octets before it grows. */
  public OctetWriter(int capacity) {
    array = new byte[capacity];
  }

  /** Octets written so far. */
  public int length() {
    return length;
  }

  /** Forgets what was written and keeps the room. Views taken before become invalid. */
  public void clear() {
    length = 0;
  }

  /** A uint8. */
  public OctetWriter uint8(int value) {
    int at = grow(1);
    array[at] = (byte) value;
    return this;
  }

  /** A little-endian uint16. */
  public OctetWriter uint16le(int value) {
    int at = grow(2);
    Octets.LITTLE_16.set(array, at, (short) value);
    return this;
  }

  /** A little-endian uint32. */
  public OctetWriter uint32le(long value) {
    int at = grow(4);
    Octets.LITTLE_32.set(array, at, (int) value);
    return this;
  }

  /** Little-endian 64 bits. */
  public OctetWriter int64le(long value) {
    int at = grow(8);
    Octets.LITTLE_64.set(array, at, value);
    return this;
  }

  /** A big-endian uint16. */
  public OctetWriter uint16be(int value) {
    return uint8(value >> 8).uint8(value);
  }

  /** A big-endian uint32. */
  public OctetWriter uint32be(long value) {
    return uint16be((int) (value >> 16)).uint16be((int) value);
  }

  /** Big-endian 64 bits. */
  public OctetWriter int64be(long value) {
    return uint32be(value >>> 32).uint32be(value);
  }

  /** All of {@code octets}. */
  public OctetWriter octets(Octets octets) {
    int at = grow(octets.length());
    octets.copyTo(array, at);
    return this;
  }

  /** A copy of what was written. */
  public Octets toOctets() {
    return Octets.wrap(Arrays.copyOf(array, length));
  }

  /** A view of what was written, valid until the next {@link #clear} or write. */
  public Octets view() {
    if (view.length() != length) {
      view = Octets.wrap(array, 0, length);
    }
    return view;
  }

  private int grow(int count) {
    int at = length;
    if (count > array.length - at) {
      enlarge(Math.addExact(at, count));
    }
    length = at + count;
    return at;
  }

  private void enlarge(int needed) {
    array = Arrays.copyOf(array, Math.max(needed, array.length * 2));
    view = Octets.EMPTY;
  }
}
