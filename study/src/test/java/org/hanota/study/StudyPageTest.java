// SPDX-License-Identifier: Apache-2.0
package org.hanota.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hanota.api.ParameterValues;
import org.hanota.headend.capacity.CapacityParameter;
import org.junit.jupiter.api.Test;

class StudyPageTest {
  private static final Study STUDY = Study.defaults();
  private static final List<StudyTables.Table> TABLES =
      StudyTables.of(
          STUDY,
          ParameterValues.defaults(CapacityParameter.class)
              .with(CapacityParameter.HOMES_PER_CELL, 50));

  /** Somebody who knows the consultation finds each of its numbers, also where they look first. */
  @Test
  void eachNumberOfTheConsultationIsOnThePage() throws IOException {
    String page = StudyPage.of(STUDY, TABLES);
    if (System.getProperty("hanota.page") != null) {
      Files.writeString(Path.of(System.getProperty("hanota.page")), page);
    }
    String lines = String.join("\n", StudyTables.text(TABLES));
    for (String number :
        List.of(
            "54,000,000",
            "27,000,000",
            "10,125,000",
            "202.5",
            "7.3",
            "7.4",
            "8.2",
            "10",
            "2019",
            "50,000,000",
            "C06",
            "C07",
            "C08",
            "C09",
            "C10",
            "C19",
            "C20",
            "C22",
            "C23",
            "C24",
            "C25",
            "C26")) {
      assertThat(page).as(number).contains(number);
      assertThat(lines).as(number).contains(number);
    }
    assertThat(page).contains("10.125 million", "£202.5 million", "prefers-color-scheme:dark");
    assertThat(page).contains("@media print").doesNotContain("http://www.w3.org/TR");
    assertThat(page).as("a year has no thousands").contains("2019").doesNotContain("2,019");
  }

  @Test
  void eachChartIsAWholeSvg() throws Exception {
    for (String svg : StudyPage.charts(STUDY).values()) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      assertThat(
              factory
                  .newDocumentBuilder()
                  .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                  .getDocumentElement()
                  .getTagName())
          .isEqualTo("svg");
    }
  }

  @Test
  void theValuesForASpreadsheetHaveAsManyCellsAsTheirHead() {
    String csv = StudyTables.csv(TABLES);
    assertThat(csv).contains("\"C07\",\"The consultation's arithmetic\"\r\n");
    assertThat(csv).contains("\"times 3/4 times 1/2\",\"10,125,000\",\"devices\"\r\n");
    for (StudyTables.Table table : TABLES) {
      assertThat(table.rows()).allMatch(row -> row.size() == table.head().size());
    }
  }
}
