// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import org.hanota.api.Eui64;
import org.hanota.api.machine.Now;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.campaign.CampaignEventText;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.dsp.AuditEntry;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.Stored;

/**
 * A supplier's audit log: who said what to which campaign, and what followed for the campaign and
 * its groups. It is kept in the step that keeps what followed. [hanota H162]
 */
final class CampaignLog {
  private final Eui64 self;
  private final Changes changes;
  private long last;

  CampaignLog(Eui64 self, Changes changes) {
    this.self = self;
    this.changes = changes;
  }

  /** Takes a line that was kept, if it is one. */
  boolean load(Stored record) {
    if (record instanceof AuditEntry entry) {
      last = Math.max(last, entry.number());
      return true;
    }
    return false;
  }

  private void line(String what, Now now) {
    last++;
    changes.put(new AuditEntry(last, now.utcMillis(), self, what));
  }

  /** A person says a word; what is said of devices and images is no person's. */
  void said(CampaignInput word, Now now) {
    if (word instanceof CampaignInput.Create create) {
      said(create.plan().name(), "create", create.by(), "", now);
    } else if (word instanceof CampaignInput.Start start) {
      said(start.campaign(), "start", start.by(), "", now);
    } else if (word instanceof CampaignInput.Pause pause) {
      said(pause.campaign(), "pause", pause.by(), "", now);
    } else if (word instanceof CampaignInput.Resume resume) {
      said(resume.campaign(), "resume", resume.by(), resume.devices() + " devices", now);
    } else if (word instanceof CampaignInput.Stop stop) {
      said(stop.campaign(), "stop", stop.by(), stop.reason(), now);
    } else if (word instanceof CampaignInput.Cancel cancel) {
      said(cancel.campaign(), "cancel", cancel.by(), cancel.reason(), now);
    } else if (word instanceof CampaignInput.Release release) {
      said(release.campaign(), "release", release.by(), "group " + release.group(), now);
    }
  }

  private void said(String campaign, String word, String by, String more, Now now) {
    line(campaign + ": " + by + " says " + word + (more.isEmpty() ? "" : ", " + more), now);
  }

  /** Something happened; devices have their own records. */
  void happened(CampaignEvent event, Now now) {
    if (event instanceof CampaignEvent.Accepted
        || event instanceof CampaignEvent.Refused
        || event instanceof CampaignEvent.Stopped
        || event instanceof CampaignEvent.Moved
        || event instanceof CampaignEvent.WaveMoved
        || event instanceof CampaignEvent.WindowMissed
        || event instanceof CampaignEvent.Forgotten
        || (event instanceof CampaignEvent.NotDone not && !not.campaign().isEmpty())) {
      line(CampaignEventText.of(event), now);
    }
  }
}
