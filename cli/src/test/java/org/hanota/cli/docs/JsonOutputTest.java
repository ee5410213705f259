// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hanota.cli.Hanota;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What every command prints as JSON is as its schema in {@code docs/schema} says: the one whose
 * {@code $comment} names it.
 */
class JsonOutputTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PRINTED_BY = "printed by ";

  /** What prints JSON always, and what prints another object than the command without an option. */
  private static final Set<String> BESIDES =
      Set.of("image index", "simulate --swarm-seeds", "simulate fleet --sweep");

  @TempDir Path folder;

  /** The file of each command's schema. */
  private static Map<String, Path> schemas() {
    Map<String, Path> schemas = new TreeMap<>();
    try (Stream<Path> files = Files.list(Shared.root().resolve("docs/schema"))) {
      for (Path file : files.sorted().toList()) {
        String comment = MAPPER.readTree(file.toFile()).path("$comment").asText();
        if (comment.startsWith(PRINTED_BY)) {
          for (String command : comment.substring(PRINTED_BY.length()).split(", ", -1)) {
            assertThat(schemas.put(command, file)).as(command).isNull();
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return schemas;
  }

  private static Set<String> commandsWithJson() {
    Set<String> found = new TreeSet<>(BESIDES);
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    collect("", Hanota.commandLine(nowhere, nowhere), found);
    return found;
  }

  private static void collect(String above, CommandLine command, Set<String> into) {
    command
        .getSubcommands()
        .forEach(
            (name, below) -> {
              if (below.getCommandSpec().findOption("--json") != null) {
                into.add(above + name);
              }
              collect(above + name + " ", below, into);
            });
  }

  @Test
  void everyCommandThatPrintsJsonHasASchemaAndAnExample() {
    assertThat(schemas().keySet())
        .as("a command without a schema: name it in the $comment of one in docs/schema")
        .isEqualTo(commandsWithJson());
    assertThat(JsonExamples.ALL.stream().map(Example::command).collect(Collectors.toSet()))
        .as("a command without an example: add a line to JsonExamples")
        .isEqualTo(commandsWithJson());
  }

  @Test
  void realOutputIsAsTheSchemasSay() throws Exception {
    Map<String, JsonSchema> schemas = new TreeMap<>();
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    schemas().forEach((command, file) -> schemas.put(command, schema(factory, file)));
    List<String> faults = new ArrayList<>();
    try (Workplace workplace = new Workplace(folder)) {
      JsonExamples.BEFORE.forEach(workplace::print);
      for (Example example : JsonExamples.ALL) {
        JsonSchema schema =
            Objects.requireNonNull(schemas.get(example.command()), example.command());
        List<JsonNode> values = values(workplace.print(example));
        assertThat(values).as(Workplace.call(example)).isNotEmpty();
        for (JsonNode value : values) {
          schema
              .validate(value)
              .forEach(fault -> faults.add(Workplace.call(example) + ": " + fault));
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static JsonSchema schema(JsonSchemaFactory factory, Path file) {
    return factory.getSchema(SchemaLocation.of(file.toUri().toString()));
  }

  /** One document, or an object a line. */
  private static List<JsonNode> values(String printed) throws IOException {
    List<JsonNode> values = new ArrayList<>();
    try (JsonParser parser = MAPPER.createParser(printed)) {
      while (parser.nextToken() != null) {
        values.add(MAPPER.readTree(parser));
      }
    }
    return values;
  }

  @Test
  void whatASchemaDoesNotKnowIsFound() throws Exception {
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    Set<Path> files = new TreeSet<>(schemas().values());
    // Fields of other indexes are kept as they came.
    files.removeIf(file -> file.endsWith("image-index.json"));
    assertThat(files).hasSizeGreaterThan(10);
    for (Path file : files) {
      boolean isArray = MAPPER.readTree(file.toFile()).path("type").asText().equals("array");
      JsonNode unknown = MAPPER.readTree(isArray ? "[{\"surprise\":1}]" : "{\"surprise\":1}");
      assertThat(schema(factory, file).validate(unknown).toString())
          .as(file.toString())
          .contains("surprise");
    }
  }
}
