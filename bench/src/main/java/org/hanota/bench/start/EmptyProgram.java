// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.start;

/** Does nothing: what the virtual machine alone takes. */
public final class EmptyProgram {
  private EmptyProgram() {}

  /** Ends. */
  public static void main(String[] arguments) {}
}
