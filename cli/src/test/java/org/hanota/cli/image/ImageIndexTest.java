// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hanota.cli.Cli;
import org.junit.jupiter.api.Test;

/** {@code hanota image index}. */
class ImageIndexTest extends ImageCalls {
  @Test
  void anIndexListsAFolderIsReadAgainAndMatchesADevice() throws IOException {
    Files.createDirectories(Path.of(at("images")));
    create("images/a.ota", image(10), "--hardware", "1-2");
    Files.writeString(Path.of(at("images/notes.txt")), "no image");
    Cli.Run made = run(0, "index", at("images"));
    assertThat(made.err()).contains("left out").contains("notes.txt");
    assertFollowsSchema("image-index.json", JSON.readTree(made.out()));
    JsonNode entry = JSON.readTree(made.out()).get(0);
    assertThat(entry.get("fileName").asText()).isEqualTo("a.ota");
    assertThat(entry.get("sha512").asText()).hasSize(128);
    Path index = Path.of(at("index.json"));
    Files.writeString(index, made.out());
    assertThat(run(0, "index", index.toString()).out()).isEqualTo(made.out());
    String[] device = {"--manufacturer-code", "0x1234", "--image-type", "1", "--file-version", "1"};
    run(1, with(device, "index", index.toString()));
    run(0, with(device, "index", "--hardware-version", "2", index.toString()));
    run(1, with(device, "index", "--hardware-version", "3", index.toString()));
  }

  @Test
  void anIndexKeepsEveryFieldObeysWhatRestrictsAndExcludesWhatItDoesNotUnderstand()
      throws IOException {
    String[] device = {"--manufacturer-code", "0x1234", "--image-type", "1", "--file-version", "5"};
    Path index = Path.of(at("index.json"));
    String common = "\"manufacturerCode\": 4660, \"imageType\": 1, ";
    Files.writeString(
        index,
        """
        [{COMMON "fileVersion": 9, "fileName": "named.ota", "manufacturerName": ["A", "B"],
          "force": true, "releaseNotes": "new", "originalUrl": "https://example.org/x"},
         {COMMON "fileVersion": 8, "fileName": "odd.ota", "batch": {"from": 7}},
         {COMMON "fileVersion": "7", "fileName": "bad.ota"},
         {COMMON "fileVersion": 7, "fileName": "step.ota", "minFileVersion": 4, "maxFileVersion": 6},
         {COMMON "fileVersion": 6, "fileName": "wide.ota", "hardwareVersionMin": "2"}]
        """
            .replace("COMMON ", common));
    Cli.Run all = run(0, "index", index.toString());
    assertThat(all.err())
        .contains("left out: " + index + ": entry 3 (bad.ota): fileVersion is no whole number")
        .contains("entry 5 (wide.ota): hardwareVersionMin is no whole number");
    JsonNode written = JSON.readTree(all.out());
    JsonNode read = JSON.readTree(index.toFile());
    assertThat(written).containsExactly(read.get(0), read.get(1), read.get(3));
    Cli.Run nameless = run(0, with(device, "index", index.toString()));
    assertThat(JSON.readTree(nameless.out())).containsExactly(read.get(3));
    assertThat(nameless.err())
        .contains("named.ota: the device's manufacturer name is not known, allowed [A, B]")
        .contains("odd.ota: its entry has fields that are not known here", ": batch");
    Cli.Run named = run(0, with(device, "index", "--manufacturer-name", "B", index.toString()));
    assertThat(JSON.readTree(named.out())).containsExactly(read.get(0), read.get(3));
    assertThat(
            JSON.readTree(
                run(0, with(device, "index", "--manufacturer-name", "C", index.toString())).out()))
        .containsExactly(read.get(3));
    device[5] = "7";
    assertThat(run(1, with(device, "index", index.toString())).err())
        .contains("step.ota: the device's file version is 00000007, allowed 00000006 and lower");
  }

  @Test
  void theOtherFormOfAnIndexIsReadAndItsConditionsHold() throws IOException {
    Path index = Path.of(at("other.json"));
    Files.writeString(
        index,
        """
        {"firmwares": [{"binary_url": "https://example.org/a.ota", "file_version": 9,
          "file_size": 100, "image_type": 1, "manufacturer_id": 4660, "changelog": "text",
          "checksum": "sha3-256:00", "manufacturer_names": ["A"], "model_names": ["m", "n"],
          "min_hardware_version": 2, "max_current_file_version": 6, "specificity": 3}]}
        """);
    String[] device = {
      "index",
      "--manufacturer-code",
      "0x1234",
      "--image-type",
      "1",
      "--hardware-version",
      "2",
      "--manufacturer-name",
      "A",
      "--model-id",
      "n",
      "--file-version",
      "6",
      index.toString()
    };
    JsonNode entry = JSON.readTree(run(0, device).out()).get(0);
    assertThat(entry.get("manufacturerCode").asInt()).isEqualTo(0x1234);
    assertThat(entry.get("maxFileVersion").asInt()).isEqualTo(6);
    assertThat(entry.get("checksum").asText()).isEqualTo("sha3-256:00");
    assertThat(entry).hasSize(12);
    for (int at : new int[] {6, 8, 10, 12}) {
      String right = device[at];
      device[at] = at == 12 ? "7" : at == 6 ? "1" : "x";
      run(1, device);
      device[at] = right;
    }
    Files.writeString(index, run(0, device).out());
    assertThat(JSON.readTree(run(0, device).out()).get(0)).isEqualTo(entry);
  }

  @Test
  void aFolderIsReadWithItsSubFoldersAndWhatDesktopsLeaveThereIsPassedOverInOneLine()
      throws IOException {
    Files.createDirectories(Path.of(at("images/maker/@eaDir")));
    create("images/maker/a.ota", image(10));
    Files.writeString(Path.of(at("images/maker/@eaDir/a.ota@SynoResource")), "x");
    Files.writeString(Path.of(at("images/.DS_Store")), "x");
    Files.writeString(Path.of(at("images/Thumbs.db")), "x");
    Cli.Run run = run(0, "index", at("images"));
    assertThat(JSON.readTree(run.out()).get(0).get("fileName").asText()).isEqualTo("maker/a.ota");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(".DS_Store", "Thumbs.db", "@eaDir").doesNotContain("Syno");
  }
}
