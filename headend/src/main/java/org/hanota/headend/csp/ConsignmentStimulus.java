// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

/** What happens to something on its way to a hub. */
public enum ConsignmentStimulus {
  /** It is its turn. */
  TURN,
  /** The hub was silent for a while. */
  RETRY_DUE,
  /** The hub has kept it. */
  TAKEN,
  /** The hub does not take it. */
  REJECTED,
  /** It is of no use any more. */
  TIME_OVER,
  /** The DSP takes it back. */
  TAKEN_BACK
}
