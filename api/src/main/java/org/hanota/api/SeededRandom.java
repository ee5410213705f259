// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/**
 * xoshiro256++, our own so that one seed gives one sequence on every JDK. A stream is keyed by
 * (seed, home, purpose): a draw more in one does not shift another. Everything is drawn through
 * {@link #nextLong}, so that a stream can be made that tells of its draws.
 */
public class SeededRandom {
  private long s0;
  private long s1;
  private long s2;
  private long s3;

  private SeededRandom(long s0, long s1, long s2, long s3) {
    this.s0 = s0;
    this.s1 = s1;
    this.s2 = s2;
    this.s3 = s3;
  }

  /** Goes on as {@code stream} would, which is not to be drawn from any more. */
  protected SeededRandom(SeededRandom stream) {
    this(stream.s0, stream.s1, stream.s2, stream.s3);
  }

  /** The stream of {@code purpose} in {@code home} under {@code seed}. */
  public static SeededRandom of(long seed, long home, long purpose) {
    long state = mix(mix(mix(seed) + home) + purpose);
    long[] words = new long[4];
    for (int i = 0; i < words.length; i++) {
      state += GOLDEN;
      words[i] = mix(state);
    }
    return ofState(words[0], words[1], words[2], words[3]);
  }

  /** A generator with exactly this state, as published test vectors give it; not all zero. */
  public static SeededRandom ofState(long s0, long s1, long s2, long s3) {
    if ((s0 | s1 | s2 | s3) == 0) {
      throw new IllegalArgumentException("state is all zero, allowed any other");
    }
    return new SeededRandom(s0, s1, s2, s3);
  }

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  // The finaliser of splitmix64.
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The next 64 bits. */
  public long nextLong() {
    long result = Long.rotateLeft(s0 + s3, 23) + s0;
    long t = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  /** A number from 0 to {@code bound - 1}, each equally likely. */
  public final int below(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound is " + bound + ", allowed 1 and more");
    }
    // Multiply-shift over 32 bits; the low part tells when a draw would be biased.
    long product = (nextLong() >>> 32) * bound;
    long low = product & Width.UINT32_MAX;
    if (low < bound) {
      long threshold = (Width.UINT32_MAX + 1 - bound) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & Width.UINT32_MAX;
      }
    }
    return (int) (product >>> 32);
  }

  /** A number from 0 to {@code bound - 1} for bounds that do not fit an int. */
  public final long belowLong(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound is " + bound + ", allowed 1 and more");
    }
    long bits = nextLong() >>> 1;
    long value = bits % bound;
    while (bits - value + (bound - 1) < 0) {
      bits = nextLong() >>> 1;
      value = bits % bound;
    }
    return value;
  }

  /** True in {@code fraction} (0 to 1) of the draws. Draws once, whatever the fraction. */
  public final boolean chance(double fraction) {
    return (nextLong() >>> 11) * 0x1.0p-53 < fraction;
  }

  /** An array of random octets. */
  public final Octets octets(int length) {
    byte[] array = new byte[length];
    for (int i = 0; i < length; i += Long.BYTES) {
      long bits = nextLong();
      for (int j = i; j < Math.min(i + Long.BYTES, length); j++) {
        array[j] = (byte) (bits >>> (8 * (j - i)));
      }
    }
    return Octets.wrap(array);
  }
}
