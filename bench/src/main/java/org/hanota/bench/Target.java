// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench;

import java.io.PrintStream;

/** One target: measures and prints what it found, both numbers and their ratio. */
@FunctionalInterface
public interface Target {
  /** Measures and prints. */
  void run(PrintStream out);
}
