// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Parameter;
import org.hanota.device.DeviceParameters;
import org.hanota.hub.HubParameters;
import org.hanota.hub.RestingHub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists every assumption. */
@Command(
    name = "parameters",
    mixinStandardHelpOptions = true,
    description = {
      "Lists every assumption with its value, unit and mark.",
      "Marks: C a source states it, I inferred, U unknown and a choice of ours."
    },
    footer = {"", "Example:", "  hanota parameters --json"})
final class ParametersCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Prints a JSON array instead.")
  private boolean json;

  private static List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(DeviceParameters.parameters());
    all.addAll(HubParameters.parameters());
    all.addAll(RestingHub.parameters());
    return all;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Parameter parameter : parameters()) {
        array
            .addObject()
            .put("name", parameter.name())
            .put("value", parameter.value())
            .put("unit", parameter.unit())
            .put("mark", parameter.mark().name())
            .put("meaning", parameter.meaning());
      }
      array.toPrettyString().lines().forEach(out::println);
      return;
    }
    for (Parameter parameter : parameters()) {
      out.printf(
          "%-22s %12s %-9s %s  %s%n",
          parameter.name(),
          parameter.value(),
          parameter.unit(),
          parameter.mark(),
          parameter.meaning());
    }
  }
}
