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
   * A device that has its image.
   *
   * @param request the 11.3; empty while it may not go out
   */
  record Activation(String campaign, Eui64 device, Optional<MessageId> request) implements Stored {
    @Override
    public String key() {
      return "campaign-activation " + device;
    }
  }
}
