// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

/**
 * A permutation of the numbers below a bound that follows from a key: who is next of millions,
 * without a list. Four rounds of a balanced Feistel network; what falls out of the bound goes round
 * again.
 */
final class Scatter {
  private static final int ROUNDS = 4;

  private final long bound;
  private final int halfBits;
  private final long mask;
  private final long key;

  Scatter(long bound, long key) {
    this.bound = bound;
    this.key = key;
    int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, bound - 1)));
    this.halfBits = (bits + 1) / 2;
    this.mask = (1L << halfBits) - 1;
  }

  /** The place of a number. */
  long place(long number) {
    long value = number;
    do {
      long left = value >>> halfBits;
      long right = value & mask;
      for (int round = 0; round < ROUNDS; round++) {
        long next = left ^ (mix(right + key + round * 0x9E3779B97F4A7C15L) & mask);
        left = right;
        right = next;
      }
      value = left << halfBits | right;
    } while (value >= bound);
    return value;
  }

  /** The finaliser of splitmix64. */
  static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
