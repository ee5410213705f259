// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import org.hanota.sim.link.LinkFaults;
import org.hanota.sim.link.MarkovLoss;
import org.hanota.sim.link.Span;

/** Writes what goes wrong in a scenario. */
final class NemesesWriter {
  /** What may happen to a frame, in the order of {@link LinkFaults}. */
  static final List<String> AIR =
      List.of("loss", "repeat", "reorder", "corrupt", "corruptUndetected", "delay");

  private final List<String> lines = new ArrayList<>();

  private NemesesWriter() {}

  /** The lines of YAML; none if nothing goes wrong. */
  static List<String> lines(Nemeses nemeses) {
    NemesesWriter writer = new NemesesWriter();
    if (!nemeses.equals(Nemeses.NONE)) {
      writer.lines.add("nemeses:");
      writer.air(nemeses.air());
      writer.list("links", nemeses.links().stream().map(NemesesWriter::link).toList());
      writer.list(
          "powerCuts",
          nemeses.powerCuts().stream()
              .map(cut -> "at: " + cut.percent() + " %, off: " + Amounts.span(cut.offNanos()))
              .toList());
      writer.list(
          "hubRestarts",
          nemeses.hubRestarts().stream()
              .map(
                  restart ->
                      "at: "
                          + Amounts.span(restart.atNanos())
                          + ", off: "
                          + Amounts.span(restart.offNanos()))
              .toList());
      writer.rates(nemeses);
      writer.list("strikes", nemeses.strikes().stream().map(NemesesWriter::strike).toList());
    }
    return writer.lines;
  }

  private void rates(Nemeses nemeses) {
    if (!nemeses.rates().isEmpty()) {
      lines.add("  rates:");
      nemeses.rates().forEach((each, rate) -> lines.add("    " + each.label() + ": " + rate));
    }
  }

  private static String strike(Strike strike) {
    return "nemesis: "
        + strike.nemesis().label()
        + ", node: "
        + ScenarioWriter.quoted(strike.node())
        + ", at: "
        + (strike.percent().isPresent()
            ? strike.percent().getAsInt() + " %"
            : Amounts.span(strike.atNanos()));
  }

  private void list(String name, List<String> elements) {
    if (!elements.isEmpty()) {
      lines.add("  " + name + ":");
      elements.forEach(element -> lines.add("    - {" + element + "}"));
    }
  }

  private void air(LinkFaults air) {
    if (air.equals(LinkFaults.NONE)) {
      return;
    }
    lines.add("  air:");
    double[] fractions = {
      air.drop(), air.repeat(), air.reorder(), air.corrupt(), air.corruptUndetected(), air.delay()
    };
    for (int i = 0; i < fractions.length; i++) {
      if (fractions[i] != 0) {
        lines.add("    " + AIR.get(i) + ": " + fractions[i]);
      }
    }
    lines.add("    maximumDelay: " + Amounts.span(air.maximumDelayNanos()));
  }

  private static String link(LinkFault fault) {
    String what;
    if (fault instanceof LinkFault.Bursts bursts) {
      what =
          "bursts: ["
              + String.join(", ", bursts.states().stream().map(NemesesWriter::state).toList())
              + "]";
    } else if (fault instanceof LinkFault.Outage outage) {
      what = "outage: " + span(outage.span());
    } else {
      what = "hold: " + span(((LinkFault.Hold) fault).span());
    }
    return "from: "
        + ScenarioWriter.quoted(fault.from())
        + ", to: "
        + ScenarioWriter.quoted(fault.to())
        + ", "
        + what;
  }

  private static String state(MarkovLoss.State state) {
    return "{loss: "
        + state.loss()
        + ", mean: "
        + Amounts.span(state.meanNanos())
        + (state.next().isEmpty() ? "" : ", next: " + state.next())
        + "}";
  }

  private static String span(Span span) {
    return "{at: " + Amounts.span(span.atNanos()) + ", for: " + Amounts.span(span.forNanos()) + "}";
  }
}
