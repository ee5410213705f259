// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

/** A transport does not do what its contract says. */
public final class NotConformant extends AssertionError {
  private static final long serialVersionUID = 1L;

  NotConformant(String what) {
    super(what);
  }

  static void require(boolean holds, String what) {
    if (!holds) {
      throw new NotConformant(what);
    }
  }
}
