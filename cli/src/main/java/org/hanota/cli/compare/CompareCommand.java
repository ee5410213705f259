// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.study.compare.Difference;
import org.hanota.study.compare.Ratio;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hanota compare}; its schema is {@code docs/schema/compare.json}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells the results of two simulated fleets apart, with confidence intervals.",
      "Homes of one cell wait for each other, so intervals are made from cells in 32 parts. Runs of"
          + " the same homes and seed are compared part by part, others as independent ones. Of"
          + " eight measures that are the same, one in two or three comparisons tells one apart by"
          + " chance; --confidence 99.4 makes that one in twenty."
    },
    footer = {
      "",
      "Example:",
      "  hanota compare before.jsonl after.jsonl",
      "",
      "Exit: 0 they were compared / 1 a file is not one of simulate fleet --jsonl, or has too few"
          + " cells / 2 used wrongly."
    })
public final class CompareCommand implements Callable<Integer> {
  private static final double CONFIDENCE_LEAST = 50;
  private static final double CONFIDENCE_MOST = 99.99;
  private static final double PERCENT = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "A", description = "What simulate fleet --jsonl wrote.")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "The same of another run.")
  private Path second = Path.of("");

  @Option(
      names = "--confidence",
      paramLabel = "PERCENT",
      description = "How often an interval has the true difference in it (default: 95).")
  private double confidence = 95;

  @Option(names = "--json", description = "Prints one JSON object instead.")
  private boolean json;

  /** A measure of both. */
  private record Compared(Measure measure, double a, double b, Difference difference) {
    String verdict() {
      if (difference.difference() == 0 && difference.low() == difference.high()) {
        return "equal";
      } else if (!difference.isTold()) {
        return "not told apart";
      }
      return difference.difference() > 0 ? "B is more" : "B is less";
    }
  }

  @Override
  public Integer call() throws IOException {
    if (!(confidence >= CONFIDENCE_LEAST && confidence <= CONFIDENCE_MOST)) {
      throw new ParameterException(
          spec.commandLine(),
          "--confidence is "
              + confidence
              + ", allowed "
              + CONFIDENCE_LEAST
              + " to "
              + CONFIDENCE_MOST);
    }
    FleetFile a = FleetFile.read(first);
    FleetFile b = FleetFile.read(second);
    List<Compared> all = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      Ratio one = measure.of(a);
      Ratio two = measure.of(b);
      if (one.parts() > 0 && two.parts() > 0) {
        all.add(compared(measure, one, two, a.hasSeedOf(b)));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      json(a, b, all).toPrettyString().lines().forEach(out::println);
    } else {
      text(a, b, all).forEach(out::println);
    }
    return ExitCode.DONE;
  }

  private Compared compared(Measure measure, Ratio one, Ratio two, boolean sameSeed) {
    try {
      Difference found = Difference.of(one, two, sameSeed, confidence / PERCENT);
      double factor = measure.factor();
      return new Compared(
          measure,
          one.value() * factor,
          two.value() * factor,
          new Difference(
              found.difference() * factor,
              found.low() * factor,
              found.high() * factor,
              found.isPaired()));
    } catch (IllegalArgumentException refused) {
      throw new CommandFailed(measure.label() + ": " + refused.getMessage());
    }
  }

  private List<String> text(FleetFile a, FleetFile b, List<Compared> all) {
    List<String> lines = new ArrayList<>();
    lines.add(named("A", first, a));
    lines.add(named("B", second, b));
    boolean isPaired = all.stream().allMatch(each -> each.difference().isPaired());
    lines.add(
        isPaired
            ? "the same homes and random numbers: compared part by part"
            : "compared as independent runs");
    lines.add(
        String.format(
            Locale.ROOT,
            "%-12s %14s %14s %14s  %-31s %s",
            "",
            "A",
            "B",
            "B - A",
            String.format(Locale.ROOT, "%s %% interval", trimmed(confidence)),
            "verdict"));
    for (Compared each : all) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-12s %14.4f %14.4f %+14.4f  %-31s %s (%s)",
              each.measure().label(),
              each.a(),
              each.b(),
              each.difference().difference(),
              String.format(
                  Locale.ROOT, "%+.4f to %+.4f", each.difference().low(), each.difference().high()),
              each.verdict(),
              each.measure().unit()));
    }
    return lines;
  }

  private static String trimmed(double number) {
    return number == Math.rint(number)
        ? String.valueOf(Math.round(number))
        : String.valueOf(number);
  }

  private static String named(String name, Path file, FleetFile run) {
    return name
        + ": "
        + file.getFileName()
        + ", "
        + run.named("homes")
        + " homes, seed "
        + run.named("seed")
        + ", campaign "
        + run.named("campaign")
        + ", digest "
        + run.named("digest").substring(0, Math.min(16, run.named("digest").length()));
  }

  private ObjectNode json(FleetFile a, FleetFile b, List<Compared> all) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("a", json(a));
    root.set("b", json(b));
    root.put("confidence", confidence);
    ArrayNode measures = root.putArray("measures");
    for (Compared each : all) {
      ObjectNode measure = measures.addObject();
      measure.put("name", each.measure().label()).put("unit", each.measure().unit());
      measure.put("a", each.a()).put("b", each.b());
      measure.put("difference", each.difference().difference());
      measure.put("low", each.difference().low()).put("high", each.difference().high());
      measure.put("paired", each.difference().isPaired()).put("verdict", each.verdict());
    }
    return root;
  }

  private static ObjectNode json(FleetFile run) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("scenario", run.named("scenario")).put("homes", Long.valueOf(run.named("homes")));
    node.put("seed", Long.valueOf(run.named("seed"))).put("version", run.named("version"));
    return node.put("digest", run.named("digest"));
  }
}
