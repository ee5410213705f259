// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

/** What happens to a request of a supplier. */
public enum DialogueStimulus {
  /** The DCC acknowledges the request. */
  TAKEN,
  /** The DCC acknowledges the signed pre-command. */
  SIGNED_TAKEN,
  /** The DCC refuses either at once. */
  NOT_TAKEN,
  /** The pre-command is what was asked for. */
  PRE_COMMAND,
  /** The pre-command is something else. */
  OTHER_PRE_COMMAND,
  /** The answer comes. */
  ANSWER,
  /** The answer is an error. */
  ERROR,
  /** What was dated has happened, or has not. */
  OUTCOME,
  /** Its time is over. */
  TIME_OVER,
  /** Its supplier takes back a critical request, of which nothing takes effect unsigned. */
  TAKEN_BACK,
  /** Its supplier takes back another one, which takes effect where the DCC has it. */
  RECALL,
  /** Its supplier wants what was recalled. */
  PUT_AGAIN
}
