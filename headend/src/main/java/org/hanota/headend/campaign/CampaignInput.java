// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.machine.Input;

/** What the machine of campaigns hears: words of people, and what became of devices. */
public sealed interface CampaignInput extends Input {
  /** A new campaign; it does not start by itself. */
  record Create(CampaignPlan plan, String by) implements CampaignInput {}

  /** It starts. */
  record Start(String campaign, String by) implements CampaignInput {}

  /** It rests. */
  record Pause(String campaign, String by) implements CampaignInput {}

  /**
   * It goes on.
   *
   * @param devices how many requests may go out before it rests again; at least 1
   */
  record Resume(String campaign, long devices, String by) implements CampaignInput {}

  /** Nothing goes out any more. The word is confirmed by {@link CampaignEvent.Stopped}. */
  record Stop(String campaign, String by, String reason) implements CampaignInput {}

  /** It is given up. */
  record Cancel(String campaign, String by, String reason) implements CampaignInput {}

  /** The next wave may follow that one. */
  record Release(String campaign, String group, String by) implements CampaignInput {}

  /** Devices are new in the estate. */
  record Joined(List<Member> members) implements CampaignInput {
    /** Keeps a copy of the list. */
    public Joined {
      members = List.copyOf(members);
    }
  }

  /** An image may not be used any more. */
  record ImageWithdrawn(Octets hash, String reason) implements CampaignInput {}

  /** What became of a device of the campaign that has it. */
  record Report(Eui64 device, DeviceReport what) implements CampaignInput {}

  /** What became of a device. */
  sealed interface DeviceReport {
    /** The DCC has the request. */
    record Acknowledged() implements DeviceReport {}

    /** It is not possible now. */
    record NotNow(long untilUtcMillis, String reason) implements DeviceReport {}

    /** The DCC does not accept the request. */
    record NotAccepted(String reason) implements DeviceReport {}

    /** Anomaly detection holds it back, under that reference. */
    record HeldBack(String reference) implements DeviceReport {}

    /** What was held back goes on. */
    record LetGo() implements DeviceReport {}

    /** Somebody says that it is done. */
    record Claimed(String by) implements DeviceReport {}

    /** The device names the version that it runs. */
    record Runs(FileVersion version) implements DeviceReport {}

    /** It came to nothing. */
    record NotUpdated(String reason) implements DeviceReport {}

    /** A later request took its place. */
    record Replaced(String by) implements DeviceReport {}
  }
}
