// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.hanota.api.OctetSink;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * AES-MMO, the hash of ZigBee: H(i) = AES-128 of M(i) under the key H(i-1), xor M(i), from H(0) =
 * 0. [ZigBee PRO B.6] Every block is a new key, so key schedule and rounds run as one loop; nothing
 * is allocated between {@link #reset} and {@link #finish}.
 */
public final class AesMmo implements OctetSink {
  /** Octets of the hash and of a block. */
  public static final int LENGTH = 16;

  /** Longest message: its length in bits is a uint32. */
  public static final long MESSAGE_MAX = 0xFFFF_FFFFL / 8;

  /** Messages shorter than this many octets carry their bit length in 16 bits, others in 32. */
  private static final int LONG_MESSAGE = 1 << 13;

  private static final int BUFFER = 256 * LENGTH;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int[] S = new int[256];
  private static final int[] T0 = new int[256];
  private static final int[] T1 = new int[256];
  private static final int[] T2 = new int[256];
  private static final int[] T3 = new int[256];

  static {
    fillTables();
  }

  private final byte[] buffer = new byte[BUFFER];
  private int held;
  private long length;
  private int h0;
  private int h1;
  private int h2;
  private int h3;

  /** A hash of no octets yet. */
  public AesMmo() {}

  /** The hash of all of {@code message}. */
  public static Octets of(OctetSource message) {
    AesMmo hash = new AesMmo();
    hash.acceptAll(message);
    return hash.finish();
  }

  /** Forgets the message so far. */
  public void reset() {
    held = 0;
    length = 0;
    h0 = 0;
    h1 = 0;
    h2 = 0;
    h3 = 0;
  }

  /** The next octets of the message. */
  @Override
  public void accept(Octets octets) {
    int at = 0;
    while (at < octets.length()) {
      int count = Math.min(octets.length() - at, BUFFER - held);
      octets.copyTo(at, buffer, held, count);
      held += count;
      at += count;
      if (held == BUFFER) {
        blocks(BUFFER);
      }
    }
    length += octets.length();
  }

  /** Another hash that has taken the same message so far. */
  public AesMmo copy() {
    AesMmo other = new AesMmo();
    System.arraycopy(buffer, 0, other.buffer, 0, held);
    other.held = held;
    other.length = length;
    other.h0 = h0;
    other.h1 = h1;
    other.h2 = h2;
    other.h3 = h3;
    return other;
  }

  /**
   * The hash; the next message starts afterwards.
   *
   * @throws IllegalStateException if the message was longer than {@link #MESSAGE_MAX}
   */
  public Octets finish() {
    if (length > MESSAGE_MAX) {
      throw new IllegalStateException(
          "message of " + length + " octets; AES-MMO takes at most " + MESSAGE_MAX);
    }
    blocks(held - held % LENGTH);
    pad();
    byte[] hash = new byte[LENGTH];
    WORD.set(hash, 0, h0);
    WORD.set(hash, 4, h1);
    WORD.set(hash, 8, h2);
    WORD.set(hash, 12, h3);
    reset();
    return Octets.wrap(hash);
  }

  /** Appends bit 1, zeros, and the length in bits so that it ends a block. */
  private void pad() {
    boolean isLong = length >= LONG_MESSAGE;
    int lengthAt = isLong ? 10 : 14;
    int end = held + 1 > lengthAt ? 2 * LENGTH : LENGTH;
    buffer[held] = (byte) 0x80;
    Arrays.fill(buffer, held + 1, end, (byte) 0);
    long bits = length * 8;
    int at = end - LENGTH + lengthAt;
    if (isLong) {
      buffer[at++] = (byte) (bits >> 24);
      buffer[at++] = (byte) (bits >> 16);
    }
    buffer[at] = (byte) (bits >> 8);
    buffer[at + 1] = (byte) bits;
    held = end;
    blocks(end);
  }

  /** Hashes the first {@code count} octets of the buffer and moves the rest to its start. */
  private void blocks(int count) {
    for (int at = 0; at < count; at += LENGTH) {
      block(at);
    }
    held -= count;
    if (held > 0 && count > 0) {
      System.arraycopy(buffer, count, buffer, 0, held);
    }
  }

  /** One block: the key schedule makes each round key just before its round uses it. */
  private void block(int at) {
    int m0 = (int) WORD.get(buffer, at);
    int m1 = (int) WORD.get(buffer, at + 4);
    int m2 = (int) WORD.get(buffer, at + 8);
    int m3 = (int) WORD.get(buffer, at + 12);
    int k0 = h0;
    int k1 = h1;
    int k2 = h2;
    int k3 = h3;
    int a = m0 ^ k0;
    int b = m1 ^ k1;
    int c = m2 ^ k2;
    int d = m3 ^ k3;
    int rcon = 0x0100_0000;
    for (int round = 1; round < 10; round++) {
      k0 ^= substitute(k3) ^ rcon;
      k1 ^= k0;
      k2 ^= k1;
      k3 ^= k2;
      rcon = round == 8 ? 0x1B00_0000 : rcon << 1;
      int e = T0[a >>> 24] ^ T1[b >> 16 & 0xFF] ^ T2[c >> 8 & 0xFF] ^ T3[d & 0xFF] ^ k0;
      int f = T0[b >>> 24] ^ T1[c >> 16 & 0xFF] ^ T2[d >> 8 & 0xFF] ^ T3[a & 0xFF] ^ k1;
      int g = T0[c >>> 24] ^ T1[d >> 16 & 0xFF] ^ T2[a >> 8 & 0xFF] ^ T3[b & 0xFF] ^ k2;
      d = T0[d >>> 24] ^ T1[a >> 16 & 0xFF] ^ T2[b >> 8 & 0xFF] ^ T3[c & 0xFF] ^ k3;
      a = e;
      b = f;
      c = g;
    }
    k0 ^= substitute(k3) ^ rcon;
    k1 ^= k0;
    k2 ^= k1;
    k3 ^= k2;
    h0 = last(a, b, c, d) ^ k0 ^ m0;
    h1 = last(b, c, d, a) ^ k1 ^ m1;
    h2 = last(c, d, a, b) ^ k2 ^ m2;
    h3 = last(d, a, b, c) ^ k3 ^ m3;
  }

  /** SubWord of RotWord. [FIPS 197 5.2] */
  private static int substitute(int word) {
    return S[word >> 16 & 0xFF] << 24
        | S[word >> 8 & 0xFF] << 16
        | S[word & 0xFF] << 8
        | S[word >>> 24];
  }

  /** The last round, which has no MixColumns. */
  private static int last(int a, int b, int c, int d) {
    return S[a >>> 24] << 24 | S[b >> 16 & 0xFF] << 16 | S[c >> 8 & 0xFF] << 8 | S[d & 0xFF];
  }

  /** The S-box from its definition, and with it SubBytes, ShiftRows and MixColumns in one table. */
  private static void fillTables() {
    int p = 1;
    int q = 1;
    do {
      p = (p ^ p << 1 ^ (p & 0x80) / 0x80 * 0x11B) & 0xFF; // p times 3
      q ^= q << 1;
      q ^= q << 2;
      q ^= q << 4;
      q &= 0xFF;
      q ^= (q & 0x80) / 0x80 * 0x09; // q divided by 3, so that p times q is 1
      int s = q ^ rotate(q, 1) ^ rotate(q, 2) ^ rotate(q, 3) ^ rotate(q, 4) ^ 0x63;
      S[p] = s & 0xFF;
    } while (p != 1);
    S[0] = 0x63;
    for (int i = 0; i < 256; i++) {
      int s = S[i];
      int twice = (s << 1 ^ (s & 0x80) / 0x80 * 0x11B) & 0xFF;
      T0[i] = twice << 24 | s << 16 | s << 8 | (twice ^ s);
      T1[i] = Integer.rotateRight(T0[i], 8);
      T2[i] = Integer.rotateRight(T0[i], 16);
      T3[i] = Integer.rotateRight(T0[i], 24);
    }
  }

  private static int rotate(int octet, int by) {
    return (octet << by | octet >> (8 - by)) & 0xFF;
  }
}
