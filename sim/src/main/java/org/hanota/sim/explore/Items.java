// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

/**
 * A frame under way as one number: which message, how many transaction sequence numbers its owner
 * has used since, and how many frames its sender has sent since. Both are counted back from the
 * present, so that equal futures are equal.
 */
final class Items {
  /** The sender hears of its frame no more. */
  static final int NO_RESULT = 0x7F;

  private static final int RESULT_BITS = 7;
  private static final int SEQUENCE_BITS = 8;
  private static final int SEQUENCE_MASK = (1 << SEQUENCE_BITS) - 1;

  /** Messages that there may be at most. */
  static final int MESSAGES_MAX = 1 << (Integer.SIZE - 1 - RESULT_BITS - SEQUENCE_BITS);

  private Items() {}

  static int of(int message, int sequenceAge, int resultAge) {
    return message << (RESULT_BITS + SEQUENCE_BITS)
        | (sequenceAge & SEQUENCE_MASK) << RESULT_BITS
        | Math.min(resultAge, NO_RESULT);
  }

  static int message(int item) {
    return item >>> (RESULT_BITS + SEQUENCE_BITS);
  }

  static int sequenceAge(int item) {
    return item >>> RESULT_BITS & SEQUENCE_MASK;
  }

  static int resultAge(int item) {
    return item & NO_RESULT;
  }

  static int withSequenceAge(int item, int age) {
    return of(message(item), age, resultAge(item));
  }

  static int withResultAge(int item, int age) {
    return of(message(item), sequenceAge(item), age);
  }
}
