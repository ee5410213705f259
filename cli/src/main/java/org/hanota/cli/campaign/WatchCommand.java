// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hanota.cli.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what happens to campaigns, until it is stopped. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what happens to campaigns, and how much has ended, until stopped.",
      "Watches on once a head end that ended is there again, or another one has taken over."
    },
    footer = {
      "",
      "Example:",
      "  hanota campaign watch spring --insecure",
      "",
      "Exit: 0 stopped, or CAMPAIGN has come to its end / 1 the head end cannot be asked at the"
          + " start / 2 used wrongly."
    })
final class WatchCommand extends ControlCommand {
  private static final long LOOK_MS = 1_000;

  @Parameters(
      paramLabel = "CAMPAIGN",
      arity = "0..1",
      description = "Only this one, to its end (default: all).")
  private @Nullable String campaign;

  private final Map<String, String> shown = new HashMap<>();
  private String process = "";
  private long last;
  private boolean isGone;

  @Override
  int run(RemoteHeadEnd remote) {
    // So that a head end that is not there is found out at once.
    boolean isEnded = show(remote.get("status.json"));
    try {
      while (!isEnded && !out().checkError()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        isEnded = look(remote);
      }
    } catch (InterruptedException enough) {
      return ExitCode.DONE;
    }
    return ExitCode.DONE;
  }

  /** Looks once; returns whether the one campaign has come to its end. */
  boolean look(RemoteHeadEnd remote) {
    try {
      JsonNode status = remote.get("status.json");
      if (isGone) {
        warn("the head end is watched again");
      }
      isGone = false;
      return show(status);
    } catch (RemoteHeadEnd.Unreachable fault) {
      if (!isGone) {
        warn("the head end is no longer watched: " + fault.getMessage() + "; it is tried again");
      }
      isGone = true;
      return false;
    }
  }

  private void warn(String words) {
    if (json) {
      out().println(object().put("warning", words));
    } else {
      PrintWriter err = spec.commandLine().getErr();
      err.println("hanota: " + words);
      err.flush();
    }
  }

  /** Prints what is new; returns whether the one campaign has come to its end. */
  private boolean show(JsonNode status) {
    if (!status.path("process").asText().equals(process)) {
      // Another process numbers its events from 1 on.
      process = status.path("process").asText();
      last = 0;
    }
    for (JsonNode event : status.path("events")) {
      long number = event.path("number").asLong();
      if (number > last) {
        if (last > 0 && number > last + 1) {
          warn(number - last - 1 + " events passed unseen; the log has them: hanota headend audit");
        }
        last = number;
        print(event);
      }
    }
    boolean isEnded = false;
    for (JsonNode each : status.path("campaigns")) {
      String name = each.path("campaign").asText();
      String line = CampaignLines.of(each);
      if (isWanted(name) && !line.equals(shown.put(name, line))) {
        if (json) {
          out().println(each);
        } else {
          line(line);
        }
      }
      isEnded |= name.equals(campaign) && isFinal(each.path("state").asText());
    }
    return isEnded;
  }

  private boolean isWanted(String name) {
    return campaign == null || campaign.equals(name);
  }

  private static boolean isFinal(String state) {
    return state.equals("completed") || state.equals("cancelled") || state.equals("expired");
  }

  private void print(JsonNode event) {
    String what = event.path("what").asText();
    if (campaign != null && !what.startsWith(campaign + ":")) {
      return;
    }
    if (json) {
      out().println(event);
    } else {
      line(event.path("time").asText() + "  " + what);
    }
  }
}
