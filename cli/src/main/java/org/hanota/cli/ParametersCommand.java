// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import org.hanota.api.Parameter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists every assumption; its schema is {@code docs/schema/parameters.json}. */
@Command(
    name = "parameters",
    mixinStandardHelpOptions = true,
    description = {
      "Lists every assumption: value, unit, mark, clause, what it does and why this default.",
      "Marks: C a source states it, I inferred from implementations, U unknown and a choice of ours.",
      "Clauses of standards and rules of ours (hanota H01) stand in docs/requirements.md."
    },
    footer = {"", "Example:", "  hanota parameters --json"})
final class ParametersCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Prints a JSON array instead.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Parameter parameter : ParameterTables.rows(ParameterTables.ALL)) {
        array
            .addObject()
            .put("name", parameter.name())
            .put("value", parameter.defaultText())
            .put("unit", parameter.unit())
            .put("minimum", parameter.text(parameter.minimum()))
            .put("maximum", parameter.text(parameter.maximum()))
            .put("mark", parameter.mark().name())
            .put("clause", parameter.clause())
            .put("meaning", parameter.meaning())
            .put("reason", parameter.reason());
      }
      array.toPrettyString().lines().forEach(out::println);
      return;
    }
    for (Parameter parameter : ParameterTables.rows(ParameterTables.ALL)) {
      out.printf(
          "%-24s %12s %-10s %s  %-14s %s (%s)%n",
          parameter.name(),
          parameter.defaultText(),
          parameter.unit(),
          parameter.mark(),
          parameter.clause(),
          parameter.meaning(),
          parameter.reason());
    }
  }
}
