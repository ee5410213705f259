// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import org.hanota.api.machine.TransitionTable;

/** The tables of campaign, wave and device; a test may watch them or plant a fault. */
record Tables(
    TransitionTable<CampaignState, CampaignStimulus, CampaignStep> campaign,
    TransitionTable<GroupState, GroupStimulus, Group> group,
    TransitionTable<DeviceState, DeviceStimulus, DeviceStep> device) {
  /** As they are. */
  static final Tables EXACT =
      new Tables(CampaignTransitions.TABLE, GroupTransitions.TABLE, DeviceTransitions.TABLE);
}
