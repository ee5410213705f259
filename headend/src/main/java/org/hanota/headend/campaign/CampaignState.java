// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/** How far a campaign got. Different ends have different words. */
public enum CampaignState {
  /** Accepted; nobody has started it. */
  CREATED,
  /** Requests go out. */
  RUNNING,
  /** Somebody rests it, or the size of its last resumption is used up. */
  PAUSED,
  /** Somebody stopped it, too many failed, or something did not fit: only a person resumes it. */
  STOPPED,
  /** Each device has its end. */
  COMPLETED,
  /** Somebody gave it up, or its image was withdrawn. */
  CANCELLED,
  /** Its time was over before each device had its turn. */
  EXPIRED;

  /** Whether it is never left. */
  public boolean isFinal() {
    return this == COMPLETED || this == CANCELLED || this == EXPIRED;
  }
}
