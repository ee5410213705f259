// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/** What happens to a wave. */
public enum GroupStimulus {
  /** The wave before is released. */
  TURN,
  /** Its success threshold is met. */
  ENOUGH,
  /** Its success threshold cannot be met any more. */
  OUT_OF_REACH,
  /** It was watched long enough. */
  SOAKED,
  /** A person lets the next wave follow. */
  RELEASE,
  /** Its error threshold is met. */
  TOO_MANY_FAILED,
  /** Its campaign is resumed: failures count from here. */
  RESUMED
}
