// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an operator says stands: each row of docs/operator.md, by the commands. All rows share one
 * hub, which is a process of its own; each has an image and a device of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("soak")
class OperatorTableTest {
  private static final boolean SHORT = "short".equals(System.getProperty("hanota.soak"));

  /** What the table says of one update. */
  record Row(
      int number,
      String update,
      List<String> said,
      String answer,
      String status,
      String runs,
      String startedAgain) {
    static Row of(List<String> cells) {
      return new Row(
          Integer.parseInt(cells.get(0)),
          cells.get(1),
          List.of(cells.get(2).split(", ")),
          cells.get(3),
          cells.get(4),
          cells.get(5),
          cells.get(6));
    }

    @Override
    public String toString() {
      return number + ": " + update + ": " + String.join(", ", said);
    }
  }

  private final Path folder;
  private final Map<Integer, OperatedUpdate> updates = new TreeMap<>();

  OperatorTableTest(@TempDir Path folder) {
    this.folder = folder;
  }

  static List<Row> rows() throws IOException {
    return Files.readAllLines(Path.of("../docs/operator.md")).stream()
        .filter(line -> line.matches("\\| \\d.*"))
        .map(line -> Stream.of(line.split("\\|")).skip(1).map(String::strip).toList())
        .map(Row::of)
        .filter(row -> !SHORT || row.number() % 4 == 0 || row.number() == 3)
        .toList();
  }

  @BeforeAll
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void saySoToAll() throws Exception {
    List<Row> rows = rows();
    try (OperatedHub hub = new OperatedHub(folder)) {
      for (Row row : rows) {
        updates.put(row.number(), new OperatedUpdate(hub, row.number(), row.update(), row.said()));
      }
      hub.start(updates.values().stream().flatMap(update -> update.limit().stream()).toList());
      for (OperatedUpdate update : updates.values()) {
        update.prepare();
        // While its transfer is under way.
        update.say();
      }
      boolean more = true;
      while (more) {
        more = false;
        for (Row row : rows) {
          Objects.requireNonNull(updates.get(row.number())).settle(row.status());
        }
        hub.passQueries();
        for (OperatedUpdate update : updates.values()) {
          update.look();
          more |= update.restartIsNext();
        }
        if (more) {
          hub.restart();
          for (OperatedUpdate update : updates.values()) {
            update.restarted();
            update.say();
          }
        }
      }
      for (OperatedUpdate update : updates.values()) {
        update.fileIn();
      }
      hub.start(List.of());
      for (OperatedUpdate update : updates.values()) {
        update.startAgain();
      }
      for (OperatedUpdate update : updates.values()) {
        update.lookAgain();
      }
    }
  }

  @AfterAll
  void end() {
    updates.values().forEach(OperatedUpdate::close);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whatWasSaidStands(Row row) {
    OperatedUpdate update = Objects.requireNonNull(updates.get(row.number()));
    assertThat(update.answer()).startsWith(row.answer().replaceFirst(":.*", ""));
    assertThat(update.answer()).contains(row.answer().replaceFirst("^refused: ", ""));
    assertThat(update.status()).isEqualTo(row.status());
    assertThat(update.runs()).isEqualTo(row.runs());
    assertThat(update.startedAgain()).contains(row.startedAgain().replaceFirst("^refused: ", ""));
  }
}
