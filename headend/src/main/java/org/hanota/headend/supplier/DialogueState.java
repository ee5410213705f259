// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

/** How far a request of a supplier got. */
public enum DialogueState {
  /** It was put, and the DCC has not said anything. */
  ASKED(false),
  /** The DCC has taken it. */
  ACKNOWLEDGED(false),
  /** Its pre-command was compared, signed and sent back. */
  SIGNED(false),
  /** The DCC has taken the signed pre-command. */
  SENT(false),
  /** Its supplier took it back; the DCC may have it all the same, so that it is open. */
  RECALLED(false),
  /** The same of a signed pre-command. */
  SIGNED_RECALLED(false),
  /** The answer is there. */
  ANSWERED(true),
  /** The DCC refused it, or its pre-command was not what was asked for. */
  REFUSED(true),
  /** Nothing was heard for too long. */
  EXPIRED(true),
  /** Its supplier took it back before anything that takes effect was put. */
  WITHDRAWN(true);

  private final boolean isFinal;

  DialogueState(boolean isFinal) {
    this.isFinal = isFinal;
  }

  /** Whether it is not put again, and nobody knows whether the DCC has it. */
  boolean isRecalled() {
    return this == RECALLED || this == SIGNED_RECALLED;
  }

  /** Whether it is never left. */
  public boolean isFinal() {
    return isFinal;
  }
}
