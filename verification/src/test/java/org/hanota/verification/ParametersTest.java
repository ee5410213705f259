// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hanota.api.Parameter;
import org.hanota.api.ParameterRow;
import org.hanota.cli.Hanota;
import org.hanota.cli.ParameterTables;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.junit.jupiter.api.Test;

/** No assumption is silent, and each has its one row. */
class ParametersTest {
  private static final String INTRODUCTION =
      """
      # Parameters

      Made by its test from the tables that `hanota parameters` lists; `--set NAME=VALUE` changes one where a hub or a device is
      run. Marks: C a source states it, I inferred from implementations, U unknown and a choice of ours. The clause is what the
      parameter serves, a row of `requirements.md`.

      | name | default | allowed | mark | clause | what it does | why this default |
      |---|---|---|---|---|---|---|
      """;

  private static List<Parameter> rows() {
    return ParameterTables.rows(ParameterTables.ALL);
  }

  @Test
  void theCommandListsEveryRowWithItsRangeAndReason() throws Exception {
    StringWriter out = new StringWriter();
    int code =
        Hanota.commandLine(new PrintWriter(out), new PrintWriter(Writer.nullWriter()))
            .execute("parameters", "--json");
    assertThat(code).isZero();
    List<String> listed = new ArrayList<>();
    for (JsonNode parameter : new ObjectMapper().readTree(out.toString())) {
      listed.add(parameter.get("name").asText());
      assertThat(parameter.get("mark").asText()).matches("[CIU]");
      for (String field :
          List.of("value", "unit", "minimum", "maximum", "clause", "meaning", "reason")) {
        assertThat(parameter.get(field).asText()).as(field).isNotBlank();
      }
    }
    assertThat(listed).isEqualTo(rows().stream().map(Parameter::name).toList());
    assertThat(listed).doesNotHaveDuplicates();
  }

  @Test
  void eachRowServesAClauseThatIsARequirementAndItsReasonNamesItsSource() {
    Set<String> clauses = RequirementsTest.known();
    List<String> faults = new ArrayList<>();
    for (Parameter row : rows()) {
      if (!clauses.contains(row.clause())) {
        faults.add(row.name() + " serves " + row.clause() + ", no row of docs/requirements.md");
      }
      if (row.reason().contains("practice of implementations")) {
        faults.add(row.name() + " names no source");
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void theTableOfTheDocumentsIsThatOfTheCode() throws IOException {
    StringBuilder table = new StringBuilder();
    for (Parameter row : rows()) {
      table.append(
          "| `%s` | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  row.name(),
                  row.defaultText(),
                  row.range(),
                  row.mark(),
                  row.clause(),
                  row.meaning(),
                  row.reason()));
    }
    String page = INTRODUCTION + table;
    Path file = Project.root().resolve("docs/parameters.md");
    if (Boolean.getBoolean("hanota.update")) {
      Files.writeString(file, page);
    }
    assertThat(Project.read(file))
        .as("%s is stale; run this test with -Dhanota.update=true", file)
        .isEqualTo(page);
  }

  @Test
  void theCodeReadsEachRow() throws IOException {
    String sources = mainSources();
    List<String> unread = new ArrayList<>();
    for (Class<? extends ParameterRow> table : ParameterTables.ALL) {
      for (ParameterRow row : table.getEnumConstants()) {
        String constant = table.getSimpleName() + "." + ((Enum<?>) row).name();
        if (!Pattern.compile("\\b" + Pattern.quote(constant) + "\\b").matcher(sources).find()) {
          unread.add(constant);
        }
      }
    }
    assertThat(unread).isEmpty();
  }

  private static String mainSources() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(Project.root())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        if (file.toString().contains("/src/main/java/")) {
          // A link in a comment reads nothing.
          all.append(Project.read(file).replaceAll("\\{@link [^}]*\\}", ""));
        }
      }
    }
    return all.toString();
  }

  @Test
  void noParametersCanBeMadeByPosition() {
    for (Class<?> type : List.of(DeviceParameters.class, HubParameters.class)) {
      assertThat(type.isRecord()).isFalse();
      assertThat(Stream.of(type.getDeclaredConstructors()))
          .allMatch(made -> Modifier.isPrivate(made.getModifiers()));
    }
  }

  @Test
  void eachRowOfADeviceTakesItsLeastAndItsLargestValueAndNoneBeyond() {
    for (DeviceParameter row : DeviceParameter.values()) {
      Parameter p = row.parameter();
      for (long value : new long[] {p.minimum(), p.maximum()}) {
        DeviceParameters set = DeviceParameters.DEFAULT.with(row, value);
        assertThat(set.equals(DeviceParameters.DEFAULT)).isEqualTo(value == p.value());
      }
      assertThatThrownBy(() -> DeviceParameters.DEFAULT.with(row, p.minimum() - 1))
          .hasMessageContaining(p.name())
          .hasMessageContaining(p.range());
    }
  }

  @Test
  void eachRowOfAHubTakesItsLargestValueAndNoneBeyond() {
    for (HubParameter row : HubParameter.values()) {
      Parameter p = row.parameter();
      HubParameters base = HubParameters.DEFAULT.with(HubParameter.PAGE_SPACING_MAXIMUM, 65_535);
      HubParameters set = base.with(row, p.maximum());
      assertThat(set.with(row, p.value()).with(HubParameter.PAGE_SPACING_MAXIMUM, 5_000))
          .isEqualTo(HubParameters.DEFAULT);
      assertThatThrownBy(() -> base.with(row, p.maximum() + 1))
          .hasMessageContaining(p.name())
          .hasMessageContaining(p.range());
    }
  }
}
