// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

/**
 * Something that must not be was reached.
 *
 * @param invariant its number in the design, as {@code I6}; {@link #STATE_KEY} if the exploration
 *     itself is not to be trusted
 * @param what was found
 */
public record Violation(String invariant, String what) {
  /** Two states that were taken for one do not behave alike. */
  public static final String STATE_KEY = "state key";
}
