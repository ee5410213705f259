// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;

/** What a campaign keeps. */
final class Records {
  /** Their kinds. */
  static final RecordKinds KINDS =
      RecordKinds.none()
          .and("campaign", Created.class)
          .and("campaign state", Position.class)
          .and("campaign group", Wave.class)
          .and("campaign members", Members.class)
          .and("campaign device", Outcome.class);

  private Records() {}

  /** A campaign as it was created; never changes. */
  record Created(CampaignPlan plan) implements Stored {
    @Override
    public String key() {
      return "campaign " + plan.name();
    }
  }

  /**
   * How far a campaign got.
   *
   * @param reason why it is in that state
   * @param by who or what brought it there
   * @param allowance how many requests may still go out before it rests
   */
  record Position(String campaign, CampaignState state, String reason, String by, long allowance)
      implements Stored {
    @Override
    public String key() {
      return "campaign-state " + campaign;
    }
  }

  /**
   * How far a wave got.
   *
   * @param sinceUtcMillis when it began, from which each device's turn follows
   * @param soakedUtcMillis when it was watched long enough
   * @param endedBefore devices that had ended when failures began to count
   * @param failedBefore devices that had failed by then
   * @param by who released it by hand; empty if nobody did
   */
  record Wave(
      String campaign,
      int number,
      GroupState state,
      long sinceUtcMillis,
      long soakedUtcMillis,
      long endedBefore,
      long failedBefore,
      String by)
      implements Stored {
    @Override
    public String key() {
      return "campaign-group " + campaign + " " + number;
    }
  }

  /**
   * Devices of a campaign; many in one record, as they do not change.
   *
   * @param number names the list within its campaign
   */
  record Members(String campaign, int number, List<Enrolled> members) implements Stored {
    /** Devices in one record. */
    static final int LARGEST = 1_000;

    Members {
      members = List.copyOf(members);
    }

    @Override
    public String key() {
      return "campaign-members " + campaign + " " + number;
    }
  }

  /** A device and the number of its wave. */
  record Enrolled(Member member, int group) {}

  /**
   * What became of a device that has had its turn.
   *
   * @param orderedUtcMillis when its last request went out; 0 for none
   * @param dueUtcMillis when its turn is, where it was deferred
   * @param endedUtcMillis when it ended; 0 if it has not
   * @param cause why it is in that state
   */
  record Outcome(
      String campaign,
      Eui64 device,
      DeviceState state,
      long orderedUtcMillis,
      long dueUtcMillis,
      long endedUtcMillis,
      String cause)
      implements Stored {
    @Override
    public String key() {
      return "campaign-device " + campaign + " " + device;
    }
  }
}
