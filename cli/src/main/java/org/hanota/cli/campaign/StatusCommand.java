// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints how campaigns stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints how campaigns stand, and why nothing goes out where nothing does.",
    footer = {
      "",
      "Examples:",
      "  hanota campaign status --insecure",
      "  hanota campaign status spring --devices --insecure",
      "",
      "Exit: 0 / 1 there is no such campaign, or the head end cannot be asked / 2 used wrongly."
    })
final class StatusCommand extends ControlCommand {
  @Parameters(
      paramLabel = "CAMPAIGN",
      arity = "0..1",
      description = "Only this one (default: all).")
  private @Nullable String campaign;

  @Option(names = "--devices", description = "Prints each device, too.")
  private boolean devices;

  @Override
  int run(RemoteHeadEnd remote) {
    boolean isFound = campaign == null;
    for (JsonNode each : remote.get("status.json").path("campaigns")) {
      String name = each.path("campaign").asText();
      if (campaign == null || campaign.equals(name)) {
        isFound = true;
        print(each);
        if (devices) {
          devices(remote, name);
        }
      }
    }
    if (!isFound) {
      throw new CommandFailed("there is no campaign " + campaign);
    }
    return ExitCode.DONE;
  }

  private void print(JsonNode one) {
    if (json) {
      out().println(one);
    } else {
      line(CampaignLines.of(one));
      CampaignLines.groups(one).forEach(this::line);
    }
  }

  private void devices(RemoteHeadEnd remote, String name) {
    String named = "devices.json?campaign=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    long from = 0;
    long of;
    do {
      JsonNode part = remote.get(named + "&from=" + from);
      of = part.path("of").asLong();
      for (JsonNode each : part.path("devices")) {
        from++;
        if (json) {
          out().println(each);
        } else {
          line(
              "    %s  %s  %s  %s"
                  .formatted(
                      each.path("device").asText(),
                      each.path("group").asText(),
                      each.path("state").asText(),
                      each.path("cause").asText()));
        }
      }
      if (part.path("devices").isEmpty()) {
        return;
      }
    } while (from < of);
  }
}
