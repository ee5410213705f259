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
  /** The answer is there. */
  ANSWERED(true),
  /** The DCC refused it, or its pre-command was not what was asked for. */
  REFUSED(true),
  /** Nothing was heard for too long. */
  EXPIRED(true),
  /** Its supplier took it back before the DCC had it. */
  WITHDRAWN(true);

  private final boolean isFinal;

  DialogueState(boolean isFinal) {
    this.isFinal = isFinal;
  }

  /** Whether it is never left. */
  public boolean isFinal() {
    return isFinal;
  }
}
