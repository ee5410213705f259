// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

/** Something happened that must never happen: a fault of ours, found by the simulation. */
public final class InvariantViolated extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final String invariant;

  InvariantViolated(String invariant, String what, long seed) {
    super(invariant + " does not hold with seed " + seed + ": " + what);
    this.invariant = invariant;
  }

  /** Which invariant, I1 to I12. */
  public String invariant() {
    return invariant;
  }
}
