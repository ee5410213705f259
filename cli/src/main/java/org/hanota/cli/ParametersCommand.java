// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Parameter;
import org.hanota.api.ParameterValues;
import org.hanota.device.DeviceParameter;
import org.hanota.hub.HubParameter;
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
    List<Parameter> all = new ArrayList<>(ParameterValues.rows(DeviceParameter.class));
    all.addAll(ParameterValues.rows(HubParameter.class));
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
            .put("value", parameter.defaultText())
            .put("unit", parameter.unit())
            .put("minimum", parameter.text(parameter.minimum()))
            .put("maximum", parameter.text(parameter.maximum()))
            .put("mark", parameter.mark().name())
            .put("meaning", parameter.meaning())
            .put("reason", parameter.reason());
      }
      array.toPrettyString().lines().forEach(out::println);
      return;
    }
    for (Parameter parameter : parameters()) {
      out.printf(
          "%-24s %12s %-10s %s  %s%n",
          parameter.name(),
          parameter.defaultText(),
          parameter.unit(),
          parameter.mark(),
          parameter.meaning());
    }
  }
}
