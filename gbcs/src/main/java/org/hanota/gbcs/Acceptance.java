// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

/** Whether a recipient takes a command. */
public sealed interface Acceptance {
  /** Every check held. */
  record Accepted(Message message) implements Acceptance {}

  /**
   * The command is not taken, and nothing was stored.
   *
   * @param refusal why
   * @param detail what was found and what is allowed, in words
   */
  record Refused(Refusal refusal, String detail) implements Acceptance {}

  /** Why a command is refused, in the order of the checks. */
  enum Refusal {
    /** The octets are no message. */
    MALFORMED,
    /** A response, an alert, or a pre-command. */
    NOT_A_COMMAND,
    /** For another device. */
    WRONG_RECIPIENT,
    /** The originator is not trusted by this recipient. */
    UNKNOWN_ORIGINATOR,
    /** The originator's role may not send this command. */
    ORIGINATOR_NOT_ALLOWED,
    /** A certificate that signature or MAC rests on has ended, or does not begin yet. */
    CERTIFICATE_NOT_VALID,
    /** The command must be signed. */
    SIGNATURE_ABSENT,
    /** The signature is wrong. */
    SIGNATURE_FAILED,
    /** This recipient lacks a key for the MAC. */
    MAC_KEY_MISSING,
    /** The MAC is wrong. */
    MAC_FAILED,
    /** The counter is not greater than the last. */
    COUNTER_NOT_GREATER,
    /** The payload repeats another counter than the header has. */
    COUNTER_DISAGREES,
    /** Its protection is right, but nothing here knows its message code. */
    USE_CASE_UNKNOWN
  }
}
