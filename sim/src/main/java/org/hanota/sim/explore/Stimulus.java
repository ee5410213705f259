// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

/** What happens to one node, as one number: its kind and what it is about. */
final class Stimulus {
  /** Kinds. */
  enum Kind {
    /** Power comes. */
    START,
    /** A message came; about an item without its result age. */
    RECEIVE,
    /** A frame was acknowledged, or was not; about its age. */
    DELIVERED,
    NOT_DELIVERED,
    /** The timer runs out. */
    TIMER,
    /** A job ends; about its place among the jobs. */
    JOB,
    /** The server was found, or was not. */
    FOUND,
    NOT_FOUND,
    /** An order from outside; about its number. */
    ORDER,
    /** Power goes. */
    POWER_CUT,
    /** Time passes; about the nanoseconds. */
    TIME
  }

  private static final int ABOUT_BITS = 56;
  private static final Kind[] KINDS = Kind.values();

  private Stimulus() {}

  @SuppressWarnings("EnumOrdinal") // a number of our own that never leaves this package
  static long of(Kind kind, long about) {
    if (about < 0 || about >> ABOUT_BITS != 0) {
      throw new AssertionError(kind + " of " + about);
    }
    return (long) kind.ordinal() << ABOUT_BITS | about;
  }

  static Kind kind(long stimulus) {
    return KINDS[(int) (stimulus >>> ABOUT_BITS)];
  }

  static long about(long stimulus) {
    return stimulus & (1L << ABOUT_BITS) - 1;
  }
}
