// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.cli.Background;
import org.hanota.cli.SmallImage;
import org.hanota.keys.Sha512;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An index in the folder of images says for which devices they are, and a hub obeys it. */
@Timeout(300)
class ServedIndexTest {
  /** What the entry of an image says, and whether devices that run version 1 of it get it. */
  private record Row(String conditions, boolean served) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("\"minFileVersion\": 2", false),
          new Row("\"minFileVersion\": 1, \"maxFileVersion\": 1", true),
          new Row("\"maxFileVersion\": 0", false),
          new Row("\"manufacturerName\": [\"Theirs\"]", false),
          new Row("\"manufacturerName\": [\"Ours\", \"Theirs\"]", true),
          new Row("\"modelId\": \"M2\"", false),
          new Row("\"modelId\": \"M1\"", true),
          new Row("\"countries\": [\"XX\"]", false),
          new Row("\"hardwareVersionMin\": 2", false),
          new Row("\"upgradeFileDestination\": \"00DB123400FFFFFF\"", false),
          new Row("\"releaseNotes\": \"faster\"", true));

  @TempDir Path folder;

  private final List<Background> devices = new ArrayList<>();

  @AfterEach
  void end() {
    devices.forEach(Background::close);
  }

  private static int type(int row) {
    return 0x0100 + row;
  }

  private static String device(int row) {
    return "00DB12340000%02d00".formatted(row);
  }

  private static String entry(int row, Octets image) {
    return """
    {"manufacturerCode": 4098, "imageType": %d, "fileVersion": 2, "sha512": "%s", %s}\
    """
        .formatted(type(row), Sha512.of(image).toHex(), ROWS.get(row).conditions());
  }

  /** Each row is an image type with a device of its own. */
  private void prepare(OperatedHub hub) throws Exception {
    List<String> entries = new ArrayList<>();
    for (int row = 0; row < ROWS.size(); row++) {
      Octets image = SmallImage.of(type(row), 2_000, row);
      Files.write(hub.images().resolve("row-%02d.ota".formatted(row)), image.toByteArray());
      entries.add(entry(row, image));
    }
    Files.writeString(hub.images().resolve("index.json"), entries.toString());
  }

  private void runDevices(OperatedHub hub) {
    for (int row = 0; row < ROWS.size(); row++) {
      Path file = hub.images().resolve("row-%02d.ota".formatted(row));
      Stream<String> words =
          Stream.of("device", "run", "--hub", hub.address(), "--insecure", "--image-of");
      Stream<String> more =
          Stream.of(file.toString(), "--first", device(row), "--query-interval", "2");
      devices.add(Background.run(Stream.concat(words, more).toArray(String[]::new)));
    }
  }

  private void areUpdatedAsTheirEntriesSay(OperatedHub hub) {
    for (int row = 0; row < ROWS.size(); row++) {
      String device = device(row);
      if (ROWS.get(row).served()) {
        OperatedHub.await("updated by " + ROWS.get(row), () -> isUpdated(hub, device));
      } else {
        OperatedHub.await("known by " + ROWS.get(row), () -> !hub.phase(device).isEmpty());
      }
    }
    hub.passQueries();
    for (int row = 0; row < ROWS.size(); row++) {
      assertThat(isUpdated(hub, device(row)))
          .as("" + ROWS.get(row))
          .isEqualTo(ROWS.get(row).served());
    }
  }

  private static boolean isUpdated(OperatedHub hub, String device) {
    return hub.phase(device).equals("confirmed");
  }

  @Test
  void anOperatorNamesThePredecessors() throws Exception {
    try (OperatedHub hub = new OperatedHub(folder)) {
      prepare(hub);
      hub.start(List.of());
      int row = ROWS.size() - 1;
      String image = "row-%02d.ota".formatted(row);
      assertThat(hub.command("pause", "--image", image).exitCode()).isZero();
      runDevices(hub);
      OperatedHub.await("known", () -> !hub.phase(device(row)).isEmpty());
      List<String> start = List.of("--device", device(row), "--image", image);
      assertThat(start(hub, start, "--from", "0x00000002"))
          .contains("is offered from version 00000002 only, the device runs 00000001");
      assertThat(start(hub, start, "--to", "1"))
          .contains("--to is given, allowed only with --from");
      assertThat(start(hub, start, "--from", "0x2", "--to", "1")).contains("--to is 00000001");
      assertThat(start(hub, start, "--from", "0", "--to", "1")).isEmpty();
      OperatedHub.await("updated", () -> isUpdated(hub, device(row)));
    }
  }

  private static String start(OperatedHub hub, List<String> words, String... more) {
    return hub.command(
            "start", Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new))
        .err();
  }

  @Test
  void eachImageIsForWhomItsEntrySays() throws Exception {
    try (OperatedHub hub = new OperatedHub(folder)) {
      prepare(hub);
      hub.start(List.of("--manufacturer-name", "Ours", "--model-id", "M1"));
      assertThat(hub.lines())
          .noneMatch(line -> line.contains("passed over: " + hub.images() + "/i"));
      runDevices(hub);
      areUpdatedAsTheirEntriesSay(hub);
      // What the store kept restricts as what was read.
      hub.restart();
      areUpdatedAsTheirEntriesSay(hub);
      assertThat(hub.command("start", "--device", device(0), "--image", "row-00.ota").err())
          .contains(
              "refused: row-00.ota follows only 00000002 and higher, the device runs 00000001");
    }
  }
}
