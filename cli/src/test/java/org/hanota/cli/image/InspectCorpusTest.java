// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.cli.Cli;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;

/** What we find in real images against what an independent reader found. */
class InspectCorpusTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> FIELDS =
      List.of(
          "size",
          "sha256",
          "wrap",
          "headerVersion",
          "headerLength",
          "fieldControl",
          "manufacturerCode",
          "imageType",
          "fileVersion",
          "zigBeeStackVersion",
          "headerStringHex",
          "totalImageSize",
          "minimumHardwareVersion",
          "maximumHardwareVersion");

  /** The other reader's word for each of our codes; it has none for the rest. */
  private static final Map<String, String> WORDS =
      Map.of(
          "trailingOctets", "trailing-bytes",
          "truncated", "truncated",
          "elementOverrun", "tag-overrun",
          "uncountedOctets", "tag-leftover-2",
          "headerStringWithoutNul", "hdrstring-no-nul",
          "headerStringNotAscii", "hdrstring-nonascii",
          "wildCardManufacturer", "manuf-wild",
          "duplicateTag", "duplicate-tags");

  @Test
  void everyRealImageGivesTheFieldsElementsAndAnomaliesOfTheIndex() throws IOException {
    Path folder = Shared.require("corpus/ota");
    JsonNode index = JSON.readTree(folder.resolve("index.json").toFile());
    List<String> arguments = new ArrayList<>(List.of("image", "inspect", "--json"));
    index.forEach(file -> arguments.add(folder.resolve(file.get("file").asText()).toString()));
    Cli.Run run = Cli.run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).isZero();
    JsonNode found = JSON.readTree(run.out());
    assertThat(found).hasSize(index.size());
    for (int i = 0; i < index.size(); i++) {
      assertSame(found.get(i), index.get(i));
    }
  }

  private static void assertSame(JsonNode found, JsonNode expected) {
    String file = expected.get("file").asText();
    assertThat(Path.of(found.get("file").asText()).getFileName()).hasToString(file);
    for (String field : FIELDS) {
      assertThat(found.get(field)).as("%s of %s", field, file).isEqualTo(expected.get(field));
    }
    JsonNode elements = expected.get("elements");
    assertThat(found.get("elements")).as(file).hasSize(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      JsonNode element = found.get("elements").get(i);
      assertThat(element.get("tag")).isEqualTo(elements.get(i).get("tag"));
      assertThat(element.get("length")).isEqualTo(elements.get(i).get("length"));
      assertThat(element.get("overrun").asBoolean())
          .isEqualTo(elements.get(i).path("overrun").asBoolean(false));
    }
    Set<String> words = new TreeSet<>();
    found.get("diagnostics").forEach(diagnostic -> addWord(words, found, diagnostic));
    Set<String> anomalies = new TreeSet<>();
    expected.get("anomalies").forEach(anomaly -> anomalies.add(anomaly.asText()));
    assertThat(words).as(file).isEqualTo(anomalies);
  }

  private static void addWord(Set<String> words, JsonNode found, JsonNode diagnostic) {
    String code = diagnostic.get("code").asText();
    if (code.equals("firstTag")) {
      int tag = found.get("elements").get(0).get("tag").asInt();
      words.add("first-tag-%04x".formatted(tag));
    } else if (WORDS.containsKey(code)) {
      words.add(WORDS.get(code));
    }
  }
}
