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

  /** No step is named by a number that it no longer has. */
  @Test
  void theArithmeticNamesTheInputsThatItUsed() {
    Study varied =
        STUDY
            .with(StudyParameter.SHARE_UPGRADEABLE, 250_000)
            .with(StudyParameter.METERS_PER_DISPLAY, 3)
            .with(StudyParameter.VISIT_COST, 4_500);
    StudyTables.Table arithmetic =
        StudyTables.of(
                varied,
                ParameterValues.defaults(CapacityParameter.class)
                    .with(CapacityParameter.HOMES_PER_CELL, 50))
            .get(0);
    String lines = String.join("\n", StudyTables.text(List.of(arithmetic)));
    assertThat(lines)
        .contains("times 3/4 times 1/4", "one for 3 meters", "30.00 %, 45.00 pounds each")
        .doesNotContain("times 1/2", "two meters");
  }

  /** What moves the result has words and units of a reader. */
  @Test
  void whatMovesTheResultIsInWordsPoundsAndPerCent() {
    StudyTables.Table swings =
        TABLES.stream()
            .filter(each -> each.title().startsWith("What moves"))
            .findFirst()
            .orElseThrow();
    assertThat(swings.rows().get(0).subList(0, 2))
        .containsExactly("DCC cost high", "£4,100,000 to £16,400,000");
    assertThat(swings.rows().toString())
        .contains("2.50 % to 10.00 %", "£0.10 to £0.40")
        .doesNotContain("pence", "ppm")
        .doesNotContainPattern("study[A-Z]|[a-z][A-Z]");
  }

  /** Each row has its name, each value the name of its column: a narrow screen has no columns. */
  @Test
  void eachValueBearsTheNameOfItsColumn() {
    String page = StudyPage.of(STUDY, TABLES);
    int rows = TABLES.stream().mapToInt(each -> each.rows().size()).sum();
    int values =
        TABLES.stream().mapToInt(each -> each.rows().size() * (each.head().size() - 1)).sum();
    assertThat(page.split("<th scope=\"row\"", -1)).hasSize(rows + 1);
    assertThat(page.split("<td[^>]* data-label=\"[^\"]+\">", -1)).hasSize(values + 1);
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
