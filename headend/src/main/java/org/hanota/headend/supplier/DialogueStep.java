// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

/** What the table asks for, for one dialogue. */
final class DialogueStep {
  private boolean isSigning;

  /** Nothing but the state changes. */
  void goOn() {}

  void sign() {
    isSigning = true;
  }

  boolean isSigning() {
    return isSigning;
  }
}
