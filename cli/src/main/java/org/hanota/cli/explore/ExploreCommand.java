// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.explore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hanota.cli.Counted;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.sim.explore.Bounds;
import org.hanota.sim.explore.Exploration;
import org.hanota.sim.explore.Explorer;
import org.hanota.sim.explore.Models;
import org.hanota.sim.explore.Violation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Explores a small update; its schema is {@code docs/schema/explore.json}. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Goes every way that a small update can take with the real hub and device.",
      "What goes wrong are lost, repeated, overtaking and late frames, lost acknowledgements and power",
      "cuts of either side, up to so many on one way. Checks I1 to I9 in each state, and that every",
      "way ends."
    },
    footer = {
      "",
      "Models: block, an image of 3 blocks; activation, one with a time, a cancel and a second"
          + " offer;",
      "parts, an image in 2 files.",
      "",
      "Example:",
      "  hanota explore --model block --faults 2",
      "",
      "Exit: 0 all within the bounds holds / 1 something broke, or it stopped at --states / 2 used"
          + " wrongly."
    })
public final class ExploreCommand implements Callable<Integer> {
  private static final double NANOS = 1e9;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "block",
      description = "block, activation or parts (default: ${DEFAULT-VALUE}).")
  private Models model = Models.BLOCK;

  @Option(
      names = "--faults",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "At most so many on one way, 0 to 16 (default: ${DEFAULT-VALUE}).")
  private int faults;

  @Option(
      names = "--states",
      paramLabel = "NUMBER",
      defaultValue = "5000000",
      description =
          "Stops when so many were found, 1 to 100000000; a million takes 200 MB (default:"
              + " ${DEFAULT-VALUE}).")
  private int states;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes what was found, and the way to what broke, as a page.")
  private @Nullable Path html;

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Option(names = "--json", description = "Prints one JSON object instead.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Bounds bounds = bounds();
    if (html != null) {
      OutputFile.refuseExisting(List.of(html), choice.existing());
    }
    long start = System.nanoTime();
    Exploration found = Explorer.explore(model.model(), bounds);
    double seconds = (System.nanoTime() - start) / NANOS;
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      json(found, seconds).toPrettyString().lines().forEach(out::println);
    } else {
      lines(found, seconds).forEach(out::println);
    }
    if (html != null) {
      byte[] page =
          ExplorationPage.of(found, lines(found, seconds)).getBytes(StandardCharsets.UTF_8);
      OutputFile.write(html, page, choice.existing());
    }
    return found.isComplete() ? ExitCode.DONE : ExitCode.WRONG;
  }

  private Bounds bounds() {
    try {
      return new Bounds(faults, states);
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(spec.commandLine(), refused.getMessage(), refused);
    }
  }

  /** What is printed, the way to what broke last, a line for each moment. */
  static List<String> lines(Exploration found, double seconds) {
    List<String> lines = new ArrayList<>();
    lines.add("model " + found.model().name() + ": " + found.model().about());
    lines.add(
        "bounds: up to "
            + Counted.of(found.bounds().faults(), "fault")
            + " on one way, up to "
            + Counted.of(found.bounds().maximumStates(), "state")
            + "; a frame takes no time, both clocks are right");
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d states, %,d steps, %,d ends, depth %d, %.1f s, %,.0f states per second",
            found.states(),
            found.steps(),
            found.ended(),
            found.depth(),
            seconds,
            found.states() / seconds));
    lines.add("states by the least faults on a way to them: " + found.statesByFaults());
    lines.add(
        String.format(
            Locale.ROOT,
            "of the hub %,d states, of the device %,d; %,d calls of the machines, %,d of them made"
                + " after two ways to one state",
            found.hubStates(),
            found.deviceStates(),
            found.calls(),
            found.compared()));
    lines.add(end(found));
    for (Exploration.Moment moment : found.way()) {
      lines.add(line(moment));
    }
    return lines;
  }

  private static String end(Exploration found) {
    if (found.violation().isPresent()) {
      Violation broken = found.violation().get();
      return "BROKEN " + broken.invariant() + ": " + broken.what() + "; the way to it:";
    }
    return found.frontier() == 0
        ? "everything within these bounds was looked at: I1 to I9 hold"
        : String.format(
            Locale.ROOT,
            "stopped at its limit: %,d states were found and not looked at",
            found.frontier());
  }

  private static String line(Exploration.Moment moment) {
    boolean isFrame = !moment.from().equals(moment.to());
    return String.format(
        Locale.ROOT,
        "%14.3f s %s %s  %s",
        moment.nanos() / NANOS,
        moment.isFault() ? "!" : " ",
        isFrame ? moment.from() + " -> " + moment.to() : moment.from(),
        moment.what());
  }

  private static ObjectNode json(Exploration found, double seconds) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("model", found.model().name()).put("about", found.model().about());
    root.putObject("bounds")
        .put("faults", found.bounds().faults())
        .put("maximumStates", found.bounds().maximumStates());
    root.put("complete", found.isComplete())
        .put("states", found.states())
        .put("steps", found.steps())
        .put("ends", found.ended())
        .put("depth", found.depth())
        .put("frontier", found.frontier());
    ArrayNode byFaults = root.putArray("statesByFaults");
    found.statesByFaults().forEach(byFaults::add);
    root.put("hubStates", found.hubStates())
        .put("deviceStates", found.deviceStates())
        .put("calls", found.calls())
        .put("compared", found.compared())
        .put("wallSeconds", seconds);
    found
        .violation()
        .ifPresent(
            broken ->
                root.putObject("violation")
                    .put("invariant", broken.invariant())
                    .put("what", broken.what()));
    ArrayNode way = root.putArray("way");
    for (Exploration.Moment moment : found.way()) {
      ArrayNode events =
          way.addObject()
              .put("virtualNanos", moment.nanos())
              .put("from", moment.from())
              .put("to", moment.to())
              .put("fault", moment.isFault())
              .put("what", moment.what())
              .putArray("events");
      moment.events().forEach(events::add);
    }
    return root;
  }
}
