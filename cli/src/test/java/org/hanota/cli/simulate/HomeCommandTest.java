// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.keys.Sha256;
import org.hanota.testing.Shared;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HomeCommandTest {
  /** The files of the corpus that the strict reader refuses, with what it must name. */
  private static final List<String> REFUSED =
      List.of("trailing-bytes", "truncated", "tag-overrun", "tag-leftover-2");

  /** The clean file of the corpus whose element 0003 is not the standard's hash. */
  private static final String OWN_INTEGRITY_CODE = "70ef7f2e3866.zigbee";

  @TempDir Path folder;

  @Test
  void withoutOptionsThreeDevicesAreUpdatedAndNothingControlsTheTerminal() {
    Cli.Run run = Cli.run("simulate", "home");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .contains("ppmid-1: updated", "hcalcs-1: updated", "ihd-1: updated")
        .contains("8F72 Firmware Verification Successful", "success, 01010000 runs")
        .contains("8F89 Firmware transfer alert FAIL, hardwareVersionMismatch")
        .contains("8F8B Read Firmware version alert, success")
        .contains("8F8A Firmware transfer alert SUCCESS, success of 01010000 for 00DB123456789100")
        .contains("equal to the image")
        .doesNotContain("\u001b", "\r", "NOT");
  }

  @Test
  void oneSeedPrintsTheSameJsonButForTheWallClock() {
    String first = Cli.run("simulate", "home", "--json", "--seed", "5", "--loss", "0.1").out();
    String second = Cli.run("simulate", "home", "--json", "--seed", "5", "--loss", "0.1").out();
    assertThat(withoutWall(first)).isEqualTo(withoutWall(second)).contains("\"succeeded\" : true");
    assertThat(first).containsPattern("\"digest\" : \"[0-9a-f]{64}\"");
    assertThat(withoutWall(Cli.run("simulate", "home", "--json", "--seed", "6").out()))
        .isNotEqualTo(withoutWall(first));
  }

  @Test
  void parametersOfDevicesAndHubAreSetByTheirNames() {
    String plain = Cli.run("simulate", "home", "--json").out();
    Cli.Run small = Cli.run("simulate", "home", "--json", "--set", "maximumDataSize=24");
    assertThat(small.exitCode()).as(small.err()).isEqualTo(ExitCode.DONE);
    assertThat(withoutWall(small.out())).isNotEqualTo(withoutWall(plain));
    Cli.Run oneAtATime =
        Cli.run("simulate", "home", "--json", "--set", "concurrentTransfers=1", "--set", "rest=1");
    assertThat(oneAtATime.exitCode()).as(oneAtATime.err()).isEqualTo(ExitCode.DONE);
    assertThat(withoutWall(oneAtATime.out())).isNotEqualTo(withoutWall(plain));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maximumDataSise=24 | is maximumDataSize meant?",
        "colour=1 | is no parameter here (hanota parameters lists all)",
        "maximumDataSize=256 | maximumDataSize is 256, allowed 1 to 255 octets",
        "maximumDataSize=much | maximumDataSize is 'much', allowed 1 to 255 octets (a whole"
            + " number)",
        "servesUnasked=yes | servesUnasked is 'yes', allowed true or false",
        "pageSpacing=60000 | pageSpacing",
      })
  void aParameterThatCannotBeSetIsRefusedByItsName(String setting, String words) {
    Cli.Run run = Cli.run("simulate", "home", "--set", setting);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(words);
  }

  @Test
  void aCommandTakesTheParametersOfItsOwnNodeOnly() {
    Cli.Run device = Cli.run("device", "run", "--image-of", "x", "--set", "concurrentTransfers=2");
    assertThat(device.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(device.err()).contains("\"concurrentTransfers\", which is no parameter here");
    Cli.Run hub =
        Cli.run("hub", "serve", "--images", "x", "--store", "y", "--set", "queryInterval=1");
    assertThat(hub.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(hub.err()).contains("\"queryInterval\", which is no parameter here");
  }

  private static String withoutWall(String json) {
    return json.lines().filter(line -> !line.contains("\"wall")).reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void devicesWithoutKeysRefuseAFileWhoseIntegrityCodeIsWrong() throws IOException {
    Path file = folder.resolve("coded.ota");
    Path image = Files.write(folder.resolve("image.bin"), new byte[300]);
    String[] create = {
      "image",
      "create",
      "--integrity",
      "tag_excluded",
      "--manufacturer-code",
      "0x1234",
      "--image-type",
      "1",
      "--file-version",
      "2",
      "-o",
      file.toString(),
      image.toString()
    };
    assertThat(Cli.run(create).exitCode()).isZero();
    Cli.Run right = Cli.run("simulate", "home", "--image", file.toString());
    assertThat(right.exitCode()).as(right.err()).isZero();
    assertThat(right.out()).contains("checked by its integrity code (matchTagExcluded)");
    byte[] octets = Files.readAllBytes(file);
    octets[octets.length - 1] ^= 1;
    Files.write(file, octets);
    Cli.Run wrong = Cli.run("simulate", "home", "--image", file.toString());
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(wrong.out())
        .contains("which is wrong: the devices will refuse the image")
        .contains("FAILED, INVALID_IMAGE: INTEGRITY_CODE")
        .doesNotContain("activates");
    String[] permitted = {
      "simulate", "home", "--image", file.toString(), "--ignore-integrity-code", "the test says so"
    };
    assertThat(Cli.run(permitted).out())
        .contains("header and size only, because the test says so", "ppmid-1: updated");
  }

  static Stream<Path> cleanCorpus() throws IOException {
    Path corpus = Shared.path("corpus/ota");
    JsonNode index = new ObjectMapper().readTree(corpus.resolve("index.json").toFile());
    return Stream.iterate(0, i -> i + 1)
        .limit(index.size())
        .map(index::get)
        .filter(entry -> REFUSED.stream().noneMatch(entry.get("anomalies").toString()::contains))
        .map(entry -> corpus.resolve(entry.get("file").asText()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.02", "0.2"})
  void everyCleanFileOfTheCorpusUpdatesTheDevicesAndIsFoundInTheirBanks(String loss)
      throws IOException {
    Shared.require("corpus/ota/index.json");
    List<Path> files = cleanCorpus().toList();
    assertThat(files).hasSize(30);
    for (Path file : files) {
      Path banks = folder.resolve(loss + "-" + file.getFileName());
      List<String> command =
          new ArrayList<>(List.of("simulate", "home", "--image", file.toString(), "--loss", loss));
      command.addAll(List.of("--bank-dir", banks.toString()));
      if (file.endsWith(OWN_INTEGRITY_CODE)) {
        command.addAll(List.of("--ignore-integrity-code", "this maker's code is its own"));
      }
      Cli.Run run = Cli.run(command.toArray(String[]::new));
      assertThat(run.exitCode()).as(file + run.err() + run.out()).isEqualTo(ExitCode.DONE);
      Octets image = Octets.wrap(Files.readAllBytes(file));
      assertThat(run.out()).contains("hcalcs-1 is left out", "SHA-256 " + Sha256.of(image).toHex());
      for (String device : List.of("ppmid-1", "ihd-1")) {
        assertThat(banks.resolve(device + ".ota")).hasBinaryContent(image.toByteArray());
      }
    }
  }

  @Test
  void theTraceAloneRebuildsTheImage() throws IOException {
    Path trace = folder.resolve("trace");
    Path banks = folder.resolve("banks");
    Cli.Run run =
        Cli.run(
            "simulate",
            "home",
            "--devices",
            "ihd",
            "--loss",
            "0.1",
            "--trace",
            trace.toString(),
            "--bank-dir",
            banks.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    byte[] rebuilt = new byte[(int) Files.size(banks.resolve("ihd-1.ota"))];
    int blocks = 0;
    for (String line : Files.readAllLines(trace)) {
      String[] words = line.split(" ", -1);
      byte[] zcl = HexFormat.of().parseHex(words[3]);
      boolean lost = words.length > 4;
      // Image Block Response, SUCCESS: image at 4, file offset at 12, data size at 16.
      if (!lost && words[2].equals("rx") && zcl[0] == 0x19 && zcl[2] == 5 && zcl[3] == 0) {
        int offset =
            (zcl[12] & 0xFF) | (zcl[13] & 0xFF) << 8 | (zcl[14] & 0xFF) << 16 | zcl[15] << 24;
        System.arraycopy(zcl, 17, rebuilt, offset, zcl[16] & 0xFF);
        blocks++;
      }
    }
    assertThat(blocks).isGreaterThan(1000);
    assertThat(rebuilt).isEqualTo(Files.readAllBytes(banks.resolve("ihd-1.ota")));
  }

  @Test
  void aCaptureIsDecodedWithTheKeyThatTheJsonNames() throws Exception {
    Path pcap = folder.resolve("home.pcapng");
    Path trace = folder.resolve("trace");
    Cli.Run run =
        Cli.run(
            "simulate",
            "home",
            "--json",
            "--devices",
            "ppmid",
            "--pcap",
            pcap.toString(),
            "--trace",
            trace.toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    String key = new ObjectMapper().readTree(run.out()).get("simulatedNetworkKey").asText();
    assertThat(key).matches("[0-9a-fA-F]{32}");
    Process tshark;
    try {
      tshark =
          new ProcessBuilder(
                  "tshark",
                  "-r",
                  pcap.toString(),
                  "-o",
                  "uat:zigbee_pc_keys:\"" + key + "\",\"Normal\",\"nwk\"",
                  "-T",
                  "fields",
                  "-e",
                  "zbee_zcl_general.ota.file.offset",
                  "-e",
                  "_ws.malformed")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException absent) {
      Skipped.because("tshark is not installed");
      return;
    }
    List<String> decoded =
        new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(tshark.waitFor(60, TimeUnit.SECONDS)).isTrue();
    long blocks =
        Files.readAllLines(trace).stream()
            .map(line -> line.split(" ", -1)[3])
            // Image Block Request and Response.
            .filter(zcl -> zcl.matches("01..03.*|19..0500.*"))
            .count();
    assertThat(blocks).isGreaterThan(1000);
    assertThat(decoded.stream().filter(line -> line.matches("\\S+\t"))).hasSize((int) blocks);
    assertThat(decoded).noneMatch(line -> line.contains("Malformed"));
    Cli.Run again = Cli.run("simulate", "home", "--devices", "ppmid", "--pcap", pcap.toString());
    assertThat(again.err()).contains("is there already");
  }

  @ParameterizedTest
  @CsvSource({
    "trailing-bytes, 23a7391c7e7b.signed",
    "truncated, 0dcb2c6480b0.ota",
    "tag-overrun, 226fe69a5b4d.ota"
  })
  void aFileThatIsNoCleanImageEndsInOneLine(String why, String name) {
    Path file = Shared.require("corpus/ota/" + name);
    Cli.Run run = Cli.run("simulate", "home", "--image", file.toString());
    assertThat(run.exitCode()).as(why).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).startsWith("hanota: " + file).contains("offset", "found", "allowed");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void whatIsNoImageAtAllEndsInOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("letter.txt"), "no image".repeat(20));
    Path empty = Files.write(folder.resolve("empty"), new byte[0]);
    Path large = Files.write(folder.resolve("large"), new byte[768_001]);
    for (Path file : List.of(text, empty, large, folder, folder.resolve("absent"))) {
      Cli.Run run = Cli.run("simulate", "home", "--image", file.toString());
      assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(run.err().lines()).as(run.err()).hasSize(1);
      assertThat(run.err()).contains(file.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "--loss 1.5",
        "--loss -0.1",
        "--loss NaN",
        "--devices toaster",
        "--devices ihd,,ppmid",
        "--seed many",
        "--fault flood",
        "--kind gas"
      })
  void wrongUseIsRefusedWithWhatIsAllowed(String option, String value) {
    Cli.Run run = Cli.run("simulate", "home", "--image", "x", option, value);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(option.substring(2));
  }

  @Test
  void anOptionThatWouldDoNothingIsRefused() {
    Cli.Run kind = Cli.run("simulate", "home", "--kind", "zigbee");
    assertThat(kind.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(kind.err()).contains("--kind is given, allowed only with --image");
    Cli.Run fault = Cli.run("simulate", "home", "--fault", "wrong-image", "--devices", "ihd");
    assertThat(fault.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(fault.err()).contains("--fault wrong-image is for a ppmid");
  }

  @Test
  void theProfilesDifferInTheDevicesInScope() {
    Cli.Run consulted = Cli.run("simulate", "home", "--profile", "consultation-2018");
    assertThat(consulted.exitCode()).as(consulted.err()).isEqualTo(ExitCode.DONE);
    assertThat(consulted.out())
        .contains("ihd-1: updated", "ppmid-1: updated", "hcalcs-1 is left out")
        .doesNotContain("hcalcs-1: updated");
    Cli.Run approved = Cli.run("simulate", "home", "--profile", "secmp0007-2020");
    assertThat(approved.exitCode()).as(approved.err()).isEqualTo(ExitCode.DONE);
    assertThat(approved.out())
        .contains(
            "hcalcs-1: updated",
            "ppmid-1: updated",
            "ihd-1 is left out: in scope of secmp0007-2020 are ppmid, hcalcs, esme, gsme")
        .doesNotContain("ihd-1: updated");
    Cli.Run nobody = Cli.run("simulate", "home", "--profile", "secmp0007-2020", "--devices", "ihd");
    assertThat(nobody.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(nobody.err()).contains("no device is left: in scope of secmp0007-2020");
  }

  @ParameterizedTest
  @CsvSource({"consultation-2018, 0", "secmp0007-2020, 1"})
  void theProfilesDifferInImagesInSeveralFiles(String profile, int exitCode) {
    Cli.Run run =
        Cli.run(
            "simulate",
            "home",
            "--profile",
            profile,
            "--devices",
            "ppmid",
            "--set",
            "hubMaximumImageOctets=20000");
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(exitCode);
    if (exitCode == ExitCode.DONE) {
      assertThat(run.out()).contains("ppmid-1: updated");
    } else {
      assertThat(run.err()).contains("allowed 20000", "hubImageParts");
    }
  }

  @Test
  void anUnknownProfileIsRefusedWithTheList() {
    Cli.Run run = Cli.run("simulate", "home", "--profile", "se");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("'se' is no GB profile; allowed are consultation-2018, secmp0007-2020");
    Cli.Run device =
        Cli.run("device", "run", "--image-of", "x", "--type", "ihd", "--profile", "secmp0007-2020");
    assertThat(device.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(device.err()).contains("--type is \"ihd\", in scope of the --profile are ppmid");
  }

  @Test
  void aPowerCutIsSurvivedAndTheDownloadGoesOn() {
    Cli.Run run = Cli.run("simulate", "home", "--devices", "ppmid", "--fault", "power-cut@37%");
    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("goes on with", "2 restarts");
  }

  @Test
  void aLinkThatCarriesNothingLeavesDevicesNotUpdatedWithinTheTime() {
    Cli.Run run = Cli.run("simulate", "home", "--devices", "ihd", "--loss", "1");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("ihd-1: NOT UPDATED within 60 days of virtual time at 100.0 % loss");
    Cli.Run json = Cli.run("simulate", "home", "--devices", "ihd", "--loss", "1", "--json");
    assertThat(json.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(json.out()).contains("\"succeeded\" : false", "\"outcome\" : \"UNFINISHED\"");
  }

  @Test
  void theReferenceMeterImageReachesAnHcalcsWhichIsActivatedByCommand() {
    Path image = Shared.require("vectors/duis/rtds-esme-image-11.1.bin");
    Cli.Run run = Cli.run("simulate", "home", "--image", image.toString());
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("hcalcs-1: updated", "activate the image with hash 7542f475..");
  }
}
