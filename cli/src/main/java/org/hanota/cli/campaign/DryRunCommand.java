// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Counted;
import org.hanota.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a campaign would do. */
@Command(
    name = "dry-run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Says what a campaign would do, in sums and device by device; nothing is sent.",
    footer = {
      "",
      "Example:",
      "  hanota campaign dry-run --plan spring.json --image meter.ota --insecure",
      "",
      "Exit: 0 it would be accepted / 1 refused, or the head end cannot be asked / 2 used wrongly."
    })
final class DryRunCommand extends ControlCommand {
  private static final long HOUR = 3_600_000;

  @Mixin private final PlanOptions plan = new PlanOptions();

  @Option(
      names = "--answer-hours",
      paramLabel = "NUMBER",
      defaultValue = "24",
      description = "After how long each device confirms the version (default: ${DEFAULT-VALUE}).")
  private int answerHours;

  @Option(names = "--devices", description = "Prints each device with the time of its request.")
  private boolean devices;

  @Override
  int run(RemoteHeadEnd remote) throws IOException {
    if (answerHours < 1) {
      throw new CommandFailed(
          ExitCode.USAGE, "--answer-hours is " + answerHours + ", allowed 1 and more");
    }
    ObjectNode body = plan.body();
    body.put("answerMillis", answerHours * HOUR);
    JsonNode answer = remote.say("dry-run", body);
    boolean isAccepted = answer.path("accepted").asBoolean();
    if (json) {
      out().println(answer);
    } else if (isAccepted) {
      print(answer);
    } else {
      CreateCommand.refused(this, answer);
    }
    return isAccepted ? ExitCode.DONE : ExitCode.WRONG;
  }

  private void print(JsonNode answer) {
    line(
        "campaign %s would be %s at %s: %s, none for %s of the estate"
            .formatted(
                answer.path("campaign").asText(),
                answer.path("state").asText(),
                answer.path("ends").asText(),
                Counted.of(answer.path("requests").size(), "request"),
                Counted.of(answer.path("without").size(), "device")));
    for (Map.Entry<String, JsonNode> group : answer.path("sums").properties()) {
      for (Map.Entry<String, JsonNode> region : group.getValue().properties()) {
        line(
            "  group %s, %s: %s"
                .formatted(
                    group.getKey(),
                    region.getKey(),
                    Counted.of(region.getValue().asLong(), "request")));
      }
    }
    answer.path("warnings").forEach(each -> line("  careful: " + each.asText()));
    if (devices) {
      for (JsonNode each : answer.path("requests")) {
        line(
            "  %s  %s  %s"
                .formatted(
                    each.path("time").asText(),
                    each.path("device").asText(),
                    each.path("group").asText()));
      }
    }
  }
}
