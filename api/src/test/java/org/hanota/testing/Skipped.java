// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import org.junit.jupiter.api.Assumptions;

/** How a test says that it does not run. */
public final class Skipped {
  private Skipped() {}

  /** Skips the calling test and prints why, since a report alone is read by nobody. */
  public static void because(String reason) {
    System.out.println("SKIPPED: " + reason);
    Assumptions.abort(reason);
  }
}
