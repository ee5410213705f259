// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;

/** What joins campaigns to the requests that they lead to. */
final class CampaignRecords {
  /** Their kinds. */
  static final RecordKinds KINDS =
      RecordKinds.none()
          .and("campaign image", Image.class)
          .and("campaign update", Update.class)
          .and("campaign activation", Activation.class);

  private CampaignRecords() {}

  /** The image of a campaign that has not ended. */
  record Image(String campaign, Octets file) implements Stored {
    static String key(String campaign) {
      return "campaign-image " + campaign;
    }

    @Override
    public String key() {
      return key(campaign);
    }
  }

  /** An 11.1 or 11.4 and for which devices it is. */
  record Update(String campaign, MessageId request, List<Eui64> devices) implements Stored {
    Update {
      devices = List.copyOf(devices);
    }

    @Override
    public String key() {
      return "campaign-update " + request;
    }
  }

  /**
   * A device that has its image and has not ended.
   *
   * @param region of its cell
   * @param request the 11.3; empty while it may not go out
   * @param askedUtcMillis when it went out; 0 while it has not
   */
  record Activation(
      String campaign,
      Eui64 device,
      String region,
      Optional<MessageId> request,
      long askedUtcMillis)
      implements Stored {
    /** Its 11.3 is to go. */
    static Activation waiting(String campaign, Eui64 device, String region) {
      return new Activation(campaign, device, region, Optional.empty(), 0);
    }

    @Override
    public String key() {
      return "campaign-activation " + device;
    }
  }
}
