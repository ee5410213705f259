// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

/** What the table asks for, for one consignment. */
final class ConsignmentStep {
  private boolean isSending;
  private boolean isRecalling;
  private boolean isEnding;

  void send() {
    isSending = true;
  }

  void recall() {
    isRecalling = true;
  }

  void end() {
    isEnding = true;
  }

  boolean isSending() {
    return isSending;
  }

  boolean isRecalling() {
    return isRecalling;
  }

  boolean isEnding() {
    return isEnding;
  }
}
