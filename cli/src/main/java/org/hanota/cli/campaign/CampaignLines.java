// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What people read of a campaign's status. */
final class CampaignLines {
  private CampaignLines() {}

  /** How it stands, in one line: state, and how much has ended. */
  static String of(JsonNode campaign) {
    long all = campaign.path("devices").asLong();
    long ended = campaign.path("ended").asLong();
    String reason = campaign.path("reason").asText();
    return "campaign %s: %s%s, %d of %d devices have ended (%d %%), %d under way"
        .formatted(
            campaign.path("campaign").asText(),
            campaign.path("state").asText(),
            reason.isEmpty() ? "" : " (" + reason + ")",
            ended,
            all,
            all == 0 ? 0 : 100 * ended / all,
            campaign.path("underWay").asLong());
  }

  /** Each group: how many of its devices are in which state, and why none goes out. */
  static List<String> groups(JsonNode campaign) {
    List<String> lines = new ArrayList<>();
    for (JsonNode group : campaign.path("groups")) {
      StringBuilder line =
          new StringBuilder(
              "  group " + group.path("group").asText() + ": " + group.path("state").asText());
      for (Map.Entry<String, JsonNode> each : group.path("counts").properties()) {
        line.append(", ").append(each.getValue().asLong()).append(' ').append(each.getKey());
      }
      JsonNode waits = group.path("waits");
      if (!waits.isMissingNode()) {
        line.append("; waits: ").append(waits.path("kind").asText());
        if (!waits.path("detail").asText().isEmpty()) {
          line.append(", ").append(waits.path("detail").asText());
        }
        if (waits.has("until")) {
          line.append(", until ").append(waits.path("until").asText());
        }
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
