// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/** What the table asks for, for one campaign. */
final class CampaignStep {
  private boolean isMoved;
  private boolean isHalting;

  /** It goes on elsewhere. */
  void move() {
    isMoved = true;
  }

  /** What is on its way and has not left the DCC is called back, too. */
  void halt() {
    isMoved = true;
    isHalting = true;
  }

  boolean isMoved() {
    return isMoved;
  }

  boolean isHalting() {
    return isHalting;
  }
}
