// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

/** What the table asks for, for one consignment. */
final class ConsignmentStep {
  private boolean isSending;
  private boolean isEnding;

  void send() {
    isSending = true;
  }

  void end() {
    isEnding = true;
  }

  boolean isSending() {
    return isSending;
  }

  boolean isEnding() {
    return isEnding;
  }
}
