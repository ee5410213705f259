// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/** What happens to a campaign. */
public enum CampaignStimulus {
  /** A person starts it. */
  START,
  /** A person rests it. */
  PAUSE,
  /** A person lets a number of requests go out. */
  RESUME,
  /** A person stops it. */
  STOP,
  /** A person gives it up. */
  CANCEL,
  /** A group has met its error threshold. */
  TOO_MANY_FAILED,
  /** Something was found that cannot be: nothing goes out until a person has looked. */
  INCONSISTENT,
  /** Its image may not be used any more. */
  IMAGE_WITHDRAWN,
  /** As many requests went out as the last resumption allowed. */
  ALLOWANCE_USED,
  /** Each device of each group has its end. */
  ALL_ENDED,
  /** Its time is over. */
  TIME_OVER
}
