// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.FileVersion;
import org.hanota.headend.campaign.CampaignInput.DeviceReport;

/**
 * A person's word, in the form of the table.
 *
 * @param name what the word is called
 * @param stimulus what it means for the campaign
 */
record CampaignWord(
    String campaign, String name, CampaignStimulus stimulus, String by, String reason) {

  /** A report of a device, in the form of the table; without a stimulus it means nothing. */
  record Said(Optional<DeviceStimulus> stimulus, String why, OptionalLong untilUtcMillis) {
    private static Said of(DeviceStimulus stimulus, String why) {
      return new Said(Optional.of(stimulus), why, OptionalLong.empty());
    }
  }

  static CampaignWord of(CampaignInput input) {
    if (input instanceof CampaignInput.Start start) {
      return of(start.campaign(), CampaignStimulus.START, start.by(), "");
    } else if (input instanceof CampaignInput.Pause pause) {
      return of(pause.campaign(), CampaignStimulus.PAUSE, pause.by(), "");
    } else if (input instanceof CampaignInput.Resume resume) {
      String why = resume.devices() + " devices";
      return of(resume.campaign(), CampaignStimulus.RESUME, resume.by(), why);
    } else if (input instanceof CampaignInput.Stop stop) {
      return of(stop.campaign(), CampaignStimulus.STOP, stop.by(), stop.reason());
    } else if (input instanceof CampaignInput.Cancel cancel) {
      return of(cancel.campaign(), CampaignStimulus.CANCEL, cancel.by(), cancel.reason());
    } else if (input instanceof CampaignInput.Release release) {
      return new CampaignWord(
          release.campaign(), "release", CampaignStimulus.RESUME, release.by(), "");
    }
    throw new AssertionError(input + " is no word");
  }

  private static CampaignWord of(
      String campaign, CampaignStimulus stimulus, String by, String reason) {
    String name = stimulus.name().toLowerCase(Locale.ROOT);
    return new CampaignWord(campaign, name, stimulus, by, reason);
  }

  /** What a report means. The old version is no news while an update is under way. */
  static Said said(DeviceReport report, Entry entry, CampaignPlan plan) {
    if (report instanceof DeviceReport.Acknowledged) {
      return Said.of(DeviceStimulus.ACKNOWLEDGED, "");
    } else if (report instanceof DeviceReport.NotNow later) {
      return new Said(
          Optional.of(DeviceStimulus.NOT_NOW),
          later.reason(),
          OptionalLong.of(later.untilUtcMillis()));
    } else if (report instanceof DeviceReport.NotAccepted not) {
      return Said.of(DeviceStimulus.NOT_ACCEPTED, not.reason());
    } else if (report instanceof DeviceReport.HeldBack held) {
      return Said.of(DeviceStimulus.HELD_BACK, held.reference());
    } else if (report instanceof DeviceReport.LetGo) {
      return Said.of(DeviceStimulus.LET_GO, "");
    } else if (report instanceof DeviceReport.Claimed claimed) {
      return Said.of(DeviceStimulus.CLAIMED, claimed.by());
    } else if (report instanceof DeviceReport.NotUpdated not) {
      return Said.of(DeviceStimulus.NOT_UPDATED, not.reason());
    } else if (report instanceof DeviceReport.Replaced replaced) {
      return Said.of(DeviceStimulus.REPLACED, replaced.by());
    } else if (report instanceof DeviceReport.Runs runs) {
      return runs(runs.version(), entry, plan);
    }
    throw new AssertionError(report + " is no report");
  }

  private static Said runs(FileVersion version, Entry entry, CampaignPlan plan) {
    String why = "it runs " + version;
    if (version.equals(plan.target().version())) {
      return Said.of(DeviceStimulus.CONFIRMED, why);
    }
    boolean isOld = entry.member.runs().filter(version::equals).isPresent();
    return isOld || entry.member.runs().isEmpty()
        ? new Said(Optional.empty(), why, OptionalLong.empty())
        : Said.of(DeviceStimulus.OTHER_VERSION, why);
  }
}
