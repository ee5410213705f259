// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.hanota.cli.Counted;
import org.hanota.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Creates a campaign. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Creates a campaign, which does not start by itself, or names all that it lacks.",
    footer = {
      "",
      "Example:",
      "  hanota campaign create --plan spring.json --image meter.ota --insecure",
      "",
      "Exit: 0 accepted / 1 refused, or the head end cannot be asked / 2 used wrongly."
    })
final class CreateCommand extends ControlCommand {
  @Mixin private final PlanOptions plan = new PlanOptions();

  @Override
  int run(RemoteHeadEnd remote) throws IOException {
    JsonNode answer = remote.say("create", plan.body());
    if (json) {
      out().println(answer);
    } else if (answer.path("accepted").asBoolean()) {
      line(
          "campaign %s is created: %s"
              .formatted(
                  answer.path("campaign").asText(),
                  Counted.of(answer.path("devices").asLong(), "device")));
      answer.path("warnings").forEach(each -> line("  careful: " + each.asText()));
    } else {
      refused(this, answer);
    }
    return answer.path("accepted").asBoolean() ? ExitCode.DONE : ExitCode.WRONG;
  }

  /** Prints all that a plan lacks. */
  static void refused(ControlCommand command, JsonNode answer) {
    command.line("campaign " + answer.path("campaign").asText() + " is refused:");
    for (JsonNode each : answer.path("refusals")) {
      command.line(
          "  %s: %s is %s, allowed %s"
              .formatted(
                  each.path("fault").asText(),
                  each.path("place").asText(),
                  each.path("found").asText(),
                  each.path("allowed").asText()));
    }
  }
}
