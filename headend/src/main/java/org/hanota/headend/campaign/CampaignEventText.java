// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.Locale;

/** What happened to a campaign, in a line for people. */
public final class CampaignEventText {
  private CampaignEventText() {}

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** One line; it begins with the campaign's name. */
  public static String of(CampaignEvent event) {
    if (event instanceof CampaignEvent.Accepted accepted) {
      return "%s: accepted, %d devices".formatted(accepted.campaign(), accepted.devices());
    } else if (event instanceof CampaignEvent.Refused refused) {
      return "%s: refused, %s".formatted(refused.campaign(), refused.refusals().get(0));
    } else if (event instanceof CampaignEvent.Stopped stopped) {
      return "%s: stopped by %s, %s; %d requests are under way"
          .formatted(stopped.campaign(), stopped.by(), stopped.reason(), stopped.underWay());
    } else if (event instanceof CampaignEvent.Moved moved) {
      return "%s: %s by %s%s"
          .formatted(
              moved.campaign(),
              word(moved.state()),
              moved.by().isEmpty() ? "itself" : moved.by(),
              moved.reason().isEmpty() ? "" : ", " + moved.reason());
    } else if (event instanceof CampaignEvent.WaveMoved moved) {
      return "%s: group %s is %s, %s"
          .formatted(moved.campaign(), moved.group(), word(moved.state()), moved.reason());
    } else if (event instanceof CampaignEvent.DeviceMoved moved) {
      return "%s: device %s %s%s"
          .formatted(
              moved.campaign(),
              moved.device(),
              word(moved.state()),
              moved.cause().isEmpty() ? "" : ", " + moved.cause());
    } else if (event instanceof CampaignEvent.Beside beside) {
      return "%s: device %s stays %s, though: %s"
          .formatted(beside.campaign(), beside.device(), word(beside.state()), beside.what());
    } else if (event instanceof CampaignEvent.DeviceJoined joined) {
      return "%s: device %s joins group %s"
          .formatted(joined.campaign(), joined.device(), joined.group());
    } else if (event instanceof CampaignEvent.NotJoined not) {
      return "%s: device %s does not join, %s"
          .formatted(not.campaign(), not.device(), not.reason());
    } else if (event instanceof CampaignEvent.NotDone not) {
      return "%s: %s not done, %s".formatted(not.campaign(), not.word(), not.reason());
    } else if (event instanceof CampaignEvent.Forgotten forgotten) {
      return forgotten.campaign() + ": it was over long ago and is forgotten";
    } else if (event instanceof CampaignEvent.WindowMissed missed) {
      return missed.campaign() + ": the clock went over a whole window";
    }
    throw new AssertionError(event + " has no text");
  }
}
