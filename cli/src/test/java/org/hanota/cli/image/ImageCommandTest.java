// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Octets;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.keys.Sha256;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] NAME = {
    "--manufacturer-code", "0x1234", "--image-type", "1", "--file-version", "0x00020000"
  };

  /** Made for this test by openssl pkcs8 -topk8 -v2 aes-256-cbc. */
  private static final String ENCRYPTED =
      """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiI2QkzkCEApwICCAAw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELVT+Z145Pt1+AXaihLa+J8EgZBd
      6V80ZWkoroLzhJ0OUwNSWnKoTxtfLxhyP3xLutst80CTzkVdFIgggsozLhJlFnWt
      9gSB642aHI4fasojfvosQAisbbGEX5vv4uImTAo6f7wOJPrcPnO+VFCHfjcZeuap
      5bGcBdkcj3pQ0JjJjkKC8XoLszarm1rcPGiUEeFRlfilTmaOzPkGAckGxPJQVV8=
      -----END ENCRYPTED PRIVATE KEY-----
      """;

  private static final String PUBLIC =
      """
      -----BEGIN PUBLIC KEY-----
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAED5foQ9Z/MMNgmwJyK6O4dKfCx7L5
      vbcpqjrlkfLimmgRHNuSC9KiecRcWY7Vm/BGv4hlhAC1KGTbOZjDkeKHng==
      -----END PUBLIC KEY-----
      """;

  @TempDir Path folder;

  @Test
  void aSignedPlainFileIsMadeInspectedVerifiedAndTakenApartForBothSuites() throws IOException {
    for (String suite : List.of("1", "2")) {
      run(0, "keygen", "--force", "--suite", suite, "--eui64", "48414E4F54414341", "-o", at("ca"));
      run(
          0,
          "keygen",
          "--force",
          "--suite",
          suite,
          "--eui64",
          "00DB123456789011",
          "--authority",
          at("ca.json"),
          "-o",
          at("signer"));
      Path image = image(5000);
      create(
          "signed.ota",
          image,
          "--force",
          "--integrity",
          "tag_included",
          "--key",
          at("signer.json"));
      JsonNode file = inspect(at("signed.ota"));
      assertThat(file.get("kind").asText()).isEqualTo("zigbee");
      assertThat(file.get("integrity").asText()).isEqualTo("matchTagIncluded");
      assertThat(file.get("signature").asText()).isEqualTo("unchecked");
      assertThat(file.get("elements")).hasSize(4);
      String[] trust = {"--issuer", at("ca.pub.json"), "--signer", "00DB123456789011"};
      run(0, with(trust, "verify", at("signed.ota")));
      run(0, "extract", "--force", "-o", at("out.bin"), at("signed.ota"));
      assertThat(Path.of(at("out.bin"))).hasSameBinaryContentAs(image);
      create("plain.ota", image, "--force", "--integrity", "tag_included");
      run(1, with(trust, "verify", at("plain.ota")));
      run(0, "sign", "--force", "--key", at("signer.json"), "-o", at("again.ota"), at("plain.ota"));
      assertThat(Path.of(at("again.ota"))).hasSameBinaryContentAs(Path.of(at("signed.ota")));
      flip(Path.of(at("signed.ota")), 100);
      Cli.Run wrong = run(1, with(trust, "verify", "--json", at("signed.ota")));
      assertFollowsSchema("image-verify.json", JSON.readTree(wrong.out()));
      assertThat(JSON.readTree(wrong.out()).get(0).get("signature").asText())
          .isEqualTo("signature");
    }
  }

  @Test
  void aMeterFileIsSignedWithAPemKeyAndVerifiedWithItsPublicHalf() throws IOException {
    run(0, "keygen", "--suite", "p256", "-o", at("supplier"));
    run(0, "keygen", "--suite", "p256", "-o", at("other"));
    create(
        "meter.ota",
        image(300),
        "--kind",
        "gb-meter",
        "--hardware",
        "0x0100-0x01FF",
        "--key",
        at("supplier.key"));
    assertThat(inspect(at("meter.ota")).get("kind").asText()).isEqualTo("gb-meter");
    String hash = inspect(at("meter.ota")).get("manufacturerImageHash").asText();
    assertThat(hash).isEqualTo(Sha256.of(Octets.wrap(Files.readAllBytes(image(300)))).toHex());
    assertThat(run(0, "inspect", at("meter.ota")).out()).contains("image hash for CS06  " + hash);
    run(0, "verify", "--supplier", at("supplier.pub"), at("meter.ota"));
    run(1, "verify", "--supplier", at("other.pub"), at("meter.ota"));
    run(0, "sign", "--key", at("other.key"), "-o", at("again.ota"), at("meter.ota"));
    run(0, "verify", "--supplier", at("other.pub"), at("again.ota"));
  }

  @Test
  void theManufacturersSignatureCoversTheHeaderOfEveryKindAndIsMadeAnewBySign() throws IOException {
    run(0, "keygen", "--suite", "p256", "-o", at("maker"));
    run(0, "keygen", "--suite", "p256", "-o", at("supplier"));
    for (String kind : List.of("zigbee", "gb-ppmid", "gb-meter")) {
      String[] form = {"--kind", kind, "--hardware", "0x0100-0x01FF"};
      String[] maker = {"--manufacturer-key", at("maker.key")};
      String[] supplier =
          kind.equals("gb-meter") ? new String[] {"--key", at("supplier.key")} : new String[0];
      create(kind, image(300), with(with(maker, supplier), form));
      String[] check = {"--manufacturer-key", at("maker.pub"), "--kind", kind, at(kind)};
      assertThat(run(0, with(check, "verify")).out()).contains("with the header");
      if (!kind.equals("gb-meter")) {
        assertThat(run(1, "verify", "--kind", kind, at(kind)).out())
            .contains("unchecked (no --manufacturer-key given)");
      }
      create("plain-" + kind, image(300), with(supplier, form));
      String[] sign =
          with(
              with(maker, supplier),
              "sign",
              "--force",
              "--kind",
              kind,
              "-o",
              at("again"),
              at("plain-" + kind));
      run(0, sign);
      assertThat(Path.of(at("again"))).hasSameBinaryContentAs(Path.of(at(kind)));
      flip(Path.of(at(kind)), 57); // the hardware version range
      assertThat(run(1, with(check, "verify")).out()).contains("over header and image");
    }
    run(2, "sign", "-o", at("again"), at("plain-zigbee"));
  }

  @Test
  void aPpmidFileIsVerifiedByTheManufacturersOwnSignatureWhenItsKindIsGiven() throws IOException {
    run(0, "keygen", "--suite", "p256", "-o", at("maker"));
    create(
        "ppmid.ota",
        image(300),
        "--kind",
        "gb-ppmid",
        "--hardware",
        "1-2",
        "--manufacturer-key",
        at("maker.key"));
    String key = at("maker.pub");
    run(0, "verify", "--kind", "gb-ppmid", "--manufacturer-key", key, at("ppmid.ota"));
    flip(Path.of(at("ppmid.ota")), 70);
    run(1, "verify", "--kind", "gb-ppmid", "--manufacturer-key", key, at("ppmid.ota"));
  }

  @Test
  void whatCannotBeCheckedIsNotCalledRight() throws IOException {
    run(0, "keygen", "--suite", "p256", "-o", at("supplier"));
    create(
        "meter.ota",
        image(300),
        "--kind",
        "gb-meter",
        "--hardware",
        "1",
        "--key",
        at("supplier.key"));
    Cli.Run run = run(1, "verify", at("meter.ota"));
    assertThat(run.out())
        .contains("meter.ota: unchecked;", "no --supplier")
        .doesNotContain("right");
    JsonNode json = JSON.readTree(run(1, "verify", "--json", at("meter.ota")).out());
    assertFollowsSchema("image-verify.json", json);
    assertThat(json.get(0).get("result").asText()).isEqualTo("unchecked");
    run(0, "verify", "--permit-unchecked", at("meter.ota"));
  }

  @Test
  void aFileThatIsNotThereIsWrongAndTheOthersAreStillVerified() throws IOException {
    create("a.ota", image(10));
    Cli.Run run = run(1, "verify", at("absent.ota"), at("a.ota"));
    assertThat(run.out())
        .contains(
            "absent.ota: WRONG", "no such file", "a.ota: form right, nothing proves who made it");
    JsonNode json = JSON.readTree(run(1, "verify", "--json", at("absent.ota"), at("a.ota")).out());
    assertFollowsSchema("image-verify.json", json);
    assertThat(json).hasSize(2);
    assertThat(run(2, "verify", "--maximum-octets", "-1", at("a.ota")).err())
        .contains("--maximum-octets is -1, allowed 0 and more");
  }

  @Test
  void privateKeysAreForTheirOwnerAloneAndNeverPrinted() throws IOException {
    Cli.Run made = run(0, "keygen", "--suite", "1", "--eui64", "48414E4F54414341", "-o", at("ca"));
    String secret = JSON.readTree(Path.of(at("ca.json")).toFile()).get("privateKey").asText();
    assertThat(made.out() + made.err()).doesNotContain(secret);
    assertThat(Files.readString(Path.of(at("ca.pub.json")))).doesNotContain(secret);
    assertThat(Files.getPosixFilePermissions(Path.of(at("ca.json")))).hasSize(2);
  }

  @Test
  void aLargeFileIsSplitAndJoinedAgain() throws IOException {
    create("large.ota", image(2_000_000));
    run(0, "split", "--first-type", "0x0100", "-o", at("parts"), at("large.ota"));
    List<String> parts = new ArrayList<>();
    try (var files = Files.list(Path.of(at("parts")))) {
      files.sorted().forEach(file -> parts.add(file.toString()));
    }
    assertThat(parts).hasSize(3);
    parts.add(0, at("joined.ota"));
    parts.add(0, "-o");
    parts.add(0, "join");
    run(0, parts.toArray(String[]::new));
    assertThat(Path.of(at("joined.ota"))).hasSameBinaryContentAs(Path.of(at("large.ota")));
    parts.remove(3);
    assertThat(run(1, parts.toArray(String[]::new)).err()).contains("no manifest");
  }

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
  void aFileThatNothingAuthenticatesIsNeverCalledRightAndAnEmptyImageIsRefused()
      throws IOException {
    Path image = image(300);
    Cli.Run made = run(0, with(with(NAME), "create", "-o", at("plain.ota"), image.toString()));
    assertThat(made.out()).contains("image 1234-0001-00020000");
    assertThat(run(0, "verify", at("plain.ota")).out())
        .contains(": form right, nothing proves who made it;")
        .doesNotContain(": right");
    create("coded.ota", image, "--integrity", "tag_excluded");
    Cli.Run coded = run(0, "verify", "--json", at("coded.ota"));
    assertFollowsSchema("image-verify.json", JSON.readTree(coded.out()));
    assertThat(JSON.readTree(coded.out()).get(0).get("result").asText())
        .isEqualTo("unauthenticated");
    Path empty = Files.write(folder.resolve("empty.bin"), new byte[0]);
    assertThat(run(1, with(NAME, "create", "-o", at("x.ota"), empty.toString())).err())
        .contains("empty.bin: is empty");
    assertThat(Path.of(at("x.ota"))).doesNotExist();
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

  @Test
  void aKeyOrIndexThatIsNoneIsNamedInOneLineWithoutItsContent() throws IOException {
    create("a.ota", image(10));
    run(0, "keygen", "--suite", "1", "--eui64", "48414E4F54414341", "-o", at("ca"));
    run(1, "sign", "--key", at("ca.json"), "-o", at("x"), at("a.ota")); // has no certificate
    Path bad = folder.resolve("bad.json");
    String[] contents = {
      "{}",
      "no json",
      "{\"suite\": 3}",
      "{\"suite\": 1, \"certificate\": \"00\", \"privateKey\": \"5ecret\"}",
      "{\"suite\": 1, \"certificate\": \"00\", \"privateKey\": \"01\"}",
    };
    for (String content : contents) {
      Files.writeString(bad, content);
      Cli.Run run = run(1, "sign", "--key", bad.toString(), "-o", at("x"), at("a.ota"));
      assertThat(run.err().lines()).as(content).hasSize(1);
      assertThat(run.err()).doesNotContain("5ecret");
    }
    assertThat(run(1, "verify", "--supplier", bad.toString(), at("a.ota")).out()).contains("WRONG");
    Files.writeString(
        bad, "[{\"manufacturerCode\": 4294971956, \"imageType\": 1, \"fileVersion\": 1}]");
    assertThat(run(1, "index", bad.toString()).err()).contains("manufacturerCode");
  }

  @Test
  void differencesAreNamed() throws IOException {
    create("one.ota", image(10));
    create("other.ota", image(10), "--string", "other");
    run(0, "diff", at("one.ota"), at("one.ota"));
    Cli.Run run = run(1, "diff", at("one.ota"), at("other.ota"));
    assertThat(run.out()).contains("header string").doesNotContain("image type");
    run = run(1, "diff", "--json", at("one.ota"), at("other.ota"));
    assertFollowsSchema("image-diff.json", JSON.readTree(run.out()));
    assertThat(run.out()).contains("header string");
  }

  @Test
  void badInputIsOneLineThatNamesFileOffsetFoundAndAllowed() throws IOException {
    Path file = folder.resolve("bad.ota");
    Files.writeString(file, "this is no OTA file");
    for (String command : List.of("inspect", "verify")) {
      Cli.Run run = run(1, command, file.toString());
      assertThat(run.out() + run.err())
          .contains("bad.ota")
          .contains("offset 0")
          .contains("74686973")
          .contains("1EF1EE0B")
          .doesNotContain("\tat ");
      assertThat((run.out() + run.err()).lines()).hasSize(1);
    }
    assertThat(run(1, "inspect", at("absent.ota")).err()).contains("no such file");
    assertThat(run(2, "inspect").err()).contains("FILE");
    assertThat(run(2, "inspect", "--kind", "gb", file.toString()).err()).contains("gb-meter");
    assertThat(run(2, with(NAME, "create", "--string", "x".repeat(32), file.toString())).err())
        .contains("31 printable");
  }

  @Test
  void aFileTooLongToBeReadAtOnceIsMappedAndInspected() throws IOException {
    create("start.ota", image(10));
    Path large = Path.of(at("start.ota"));
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(1L << 26);
    }
    Cli.Run run = run(0, "inspect", large.toString());
    assertThat(run.out()).contains("67,108,864 octets").contains("behind the image");
  }

  @Test
  void elementsAreAddedAndTakenOutByTagAndFilesOutOfTheirContainer() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.txt"), "what is new");
    create("a.ota", image(10), "--element", "0xF001=" + notes);
    run(0, "extract", "--tag", "0xF001", "-o", at("out.txt"), at("a.ota"));
    assertThat(Path.of(at("out.txt"))).hasSameBinaryContentAs(notes);
    assertThat(run(1, "extract", "--tag", "0xF002", "-o", at("x"), at("a.ota")).err())
        .contains("has no element F002");
    assertThat(run(2, with(NAME, "create", "--element", "3=" + notes, at("image.bin"))).err())
        .contains("tag 0003");
    byte[] inner = Files.readAllBytes(Path.of(at("a.ota")));
    byte[] outer = new byte[inner.length + 300];
    System.arraycopy(inner, 0, outer, 100, inner.length);
    Files.write(folder.resolve("outer"), outer);
    run(0, "extract", "--whole", "-o", at("inner.ota"), at("outer"));
    assertThat(Path.of(at("inner.ota"))).hasBinaryContent(inner);
  }

  @Test
  void whatCannotBeReadIsNamedAndTheOthersAreStillShown() throws IOException {
    create("a.ota", image(10));
    Path bad = Files.writeString(folder.resolve("bad.ota"), "no image");
    Cli.Run run = run(1, "inspect", "--json", at("absent.ota"), bad.toString(), at("a.ota"));
    assertThat(run.err()).contains("absent.ota: no such file").contains("bad.ota");
    JsonNode files = JSON.readTree(run.out());
    assertThat(files).hasSize(2);
    assertThat(files.get(0).get("manufacturerCode").isNull()).isTrue();
    assertThat(files.get(0).get("kind").asText()).isEqualTo("unknown");
    assertFollowsSchema(files);
    assertThat(run(1, "inspect", "--json", bad.toString()).out()).contains("unreadableHeader");
  }

  @Test
  void aKeyThatOpensslEncryptedIsOpenedWithItsPassPhrase() throws IOException {
    Path key = Files.writeString(folder.resolve("supplier.key"), ENCRYPTED);
    Path open = Files.writeString(folder.resolve("supplier.pub"), PUBLIC);
    Path pass = Files.writeString(folder.resolve("pass"), "correct horse\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "battery staple\n");
    String[] meter = {"--kind", "gb-meter", "--hardware", "1", "--key", key.toString()};
    create("meter.ota", image(30), with(new String[] {"--pass-file", pass.toString()}, meter));
    run(0, "verify", "--supplier", open.toString(), at("meter.ota"));
    String[] arguments = with(with(NAME, meter), "create", "-o", at("x"), at("image.bin"));
    assertThat(run(1, arguments).err()).contains("--pass-file");
    assertThat(run(1, with(new String[] {"--pass-file", wrong.toString()}, arguments)).err())
        .contains("supplier.key");
  }

  private static void assertFollowsSchema(JsonNode files) throws IOException {
    assertFollowsSchema("image-inspect.json", files);
  }

  private static void assertFollowsSchema(String name, JsonNode files) throws IOException {
    Path schema = Shared.root().resolve("docs/schema").resolve(name);
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(schema))
                .validate(files))
        .isEmpty();
  }

  @Test
  void thePlainOutputIsATableWithAMap() throws IOException {
    create("a.ota", image(1000));
    assertThat(run(0, "inspect", at("a.ota")).out())
        .contains("manufacturer code    0x1234")
        .contains("element 0000 upgrade image")
        .contains("nothing odd found");
  }

  private JsonNode inspect(String file) throws IOException {
    JsonNode files = JSON.readTree(run(0, "inspect", "--json", file).out());
    assertFollowsSchema(files);
    return files.get(0);
  }

  private void create(String name, Path image, String... more) {
    run(0, with(with(NAME, more), "create", "-o", at(name), image.toString()));
  }

  private static Cli.Run run(int exitCode, String... arguments) {
    Cli.Run run = Cli.run(with(arguments, "image"));
    assertThat(run.exitCode())
        .as("%s%n%s%n%s", String.join(" ", arguments), run.out(), run.err())
        .isEqualTo(exitCode);
    if (exitCode != ExitCode.DONE) {
      assertThat(run.err()).doesNotContain("Exception");
    }
    return run;
  }

  /** {@code first} and then {@code more}. */
  private static String[] with(String[] more, String... first) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private Path image(int size) throws IOException {
    byte[] octets = new byte[size];
    for (int i = 0; i < size; i++) {
      octets[i] = (byte) ((i * 31) >> 3);
    }
    return Files.write(folder.resolve("image.bin"), octets);
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    octets[at] ^= 1;
    Files.write(file, octets);
  }
}
