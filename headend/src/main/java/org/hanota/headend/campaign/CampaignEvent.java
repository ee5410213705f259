// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Event;

/** What whoever watches campaigns sees. */
public sealed interface CampaignEvent extends Event {
  /**
   * A campaign was accepted.
   *
   * @param devices how many get the image
   * @param warnings what a person should know before it starts
   */
  record Accepted(String campaign, long devices, List<CoupledActivation> warnings)
      implements CampaignEvent {}

  /** A campaign was refused. */
  record Refused(String campaign, List<PlanRefusal> refusals) implements CampaignEvent {}

  /** It is kept that nothing goes out any more. */
  record Stopped(String campaign, String reason, String by, long underWay)
      implements CampaignEvent {}

  /** A campaign is in another state. */
  record Moved(String campaign, CampaignState state, String reason, String by)
      implements CampaignEvent {}

  /** A wave is in another state. */
  record WaveMoved(String campaign, String group, GroupState state, String reason)
      implements CampaignEvent {}

  /** A device is in another state. */
  record DeviceMoved(String campaign, Eui64 device, DeviceState state, String cause)
      implements CampaignEvent {}

  /** Something was said of a device that changes nothing. */
  record Beside(String campaign, Eui64 device, DeviceState state, String what)
      implements CampaignEvent {}

  /** A device joined a wave. */
  record DeviceJoined(String campaign, Eui64 device, String group) implements CampaignEvent {}

  /** A device fits a campaign, and is not in it. */
  record NotJoined(String campaign, Eui64 device, String reason) implements CampaignEvent {}

  /** A word changed nothing. */
  record NotDone(String campaign, String word, String reason) implements CampaignEvent {}

  /** It was over long ago: nothing of it is kept, and its name is free. */
  record Forgotten(String campaign) implements CampaignEvent {}

  /** The clock went over a whole window. */
  record WindowMissed(String campaign, long fromUtcMillis, long toUtcMillis)
      implements CampaignEvent {}
}
