// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hanota.cli.CommandFailed;
import org.hanota.sim.fleet.FleetCounts.PartSum;
import org.jspecify.annotations.Nullable;

/** What {@code simulate fleet --jsonl} wrote of a run, as far as runs are compared by it. */
final class FleetFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LINE_MAXIMUM = 100_000;

  private final JsonNode run;
  private final List<JsonNode> parts;

  private FleetFile(JsonNode run, List<JsonNode> parts) {
    this.run = run;
    this.parts = parts;
  }

  /**
   * Reads one.
   *
   * @throws CommandFailed if it is none, with the number of the line
   */
  static FleetFile read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandFailed(file + ": is a folder, allowed a file of simulate fleet --jsonl");
    }
    List<JsonNode> parts = new ArrayList<>();
    JsonNode run = null;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        number++;
        JsonNode line = line(file, number, text);
        String type = line.path("type").asText();
        if (number == 1 && !type.equals("run")) {
          throw wrong(file, number, "is not what names a run");
        } else if (type.equals("run")) {
          run = run(file, number, line, run);
        } else if (type.equals("part")) {
          parts.add(part(file, number, line));
        }
      }
    } catch (MalformedInputException binary) {
      throw new CommandFailed(file + ": is no text, allowed a file of simulate fleet --jsonl");
    }
    if (run == null || parts.isEmpty()) {
      throw new CommandFailed(
          file + ": has no line of type part, allowed a whole file of simulate fleet --jsonl");
    }
    return new FleetFile(run, parts);
  }

  private static JsonNode line(Path file, int number, String text) {
    if (text.length() > LINE_MAXIMUM) {
      throw wrong(file, number, "has " + text.length() + " characters");
    }
    try {
      return Objects.requireNonNullElse(MAPPER.readTree(text), MAPPER.missingNode());
    } catch (JsonProcessingException broken) {
      throw wrong(file, number, "is no JSON");
    }
  }

  private static JsonNode run(Path file, int number, JsonNode line, @Nullable JsonNode before) {
    if (before != null) {
      throw wrong(file, number, "names a second run");
    }
    for (String name : List.of("scenario", "version", "digest", "campaign")) {
      if (!line.path(name).isTextual()) {
        throw wrong(file, number, "has no text '" + name + "'");
      }
    }
    for (String name : List.of("homes", "seed")) {
      if (!isWhole(line.path(name))) {
        throw wrong(file, number, "has no whole number '" + name + "'");
      }
    }
    return line;
  }

  private static JsonNode part(Path file, int number, JsonNode line) {
    for (PartSum sum : PartSum.values()) {
      if (!isWhole(line.path(sum.label()))) {
        throw wrong(file, number, "has no whole number '" + sum.label() + "'");
      }
    }
    return line;
  }

  private static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  private static CommandFailed wrong(Path file, int line, String what) {
    return new CommandFailed(
        file + ", line " + line + ": " + what + ", allowed a file of simulate fleet --jsonl");
  }

  /** A value of the line that names the run. */
  String named(String name) {
    return run.path(name).asText();
  }

  /** Whether both drew the same random numbers for the same homes. */
  boolean hasSeedOf(FleetFile other) {
    return named("seed").equals(other.named("seed")) && named("homes").equals(other.named("homes"));
  }

  /** A sum of each part. */
  long[] sums(PartSum sum) {
    return parts.stream().mapToLong(part -> part.path(sum.label()).asLong()).toArray();
  }
}
