// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

/** Ends a call of a machine in which an invariant broke. */
final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Violation violation;

  Broken(String invariant, String what) {
    super(invariant + ": " + what);
    this.violation = new Violation(invariant, what);
  }

  Violation violation() {
    return violation;
  }
}
