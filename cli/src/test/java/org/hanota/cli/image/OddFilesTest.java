// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hanota.api.Octets;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.Pem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as people have them. */
class OddFilesTest {
  private static final P256PrivateKey KEY = P256PrivateKey.fromSeed(Octets.fromHex("01"));

  private static final String CURE = "hanota image trim cuts them off";

  private static final int ELEMENT_HEADER_OCTETS = 6;

  @TempDir Path folder;
  private Path firmware;

  @BeforeEach
  void makeFirmware() throws Exception {
    firmware =
        Files.write(
            folder.resolve("fw.bin"), "firmware".repeat(10).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void anImageThatIsNoFirmwareIsRefusedWithItsCure() throws Exception {
    Path ota = created(firmware, "a.ota");
    Path hex =
        Files.writeString(
            folder.resolve("fw.hex"), ":10010000214601360121470136007EFE09D2190140\n");
    Path empty = Files.createFile(folder.resolve("empty.bin"));
    assertThat(create(ota, "b.ota").err())
        .contains(ota + ": is an OTA file already; hanota image extract")
        .contains("--as-is takes it so");
    assertThat(create(hex, "b.ota").err())
        .contains(hex + ": is an Intel HEX text; objcopy -I ihex");
    assertThat(create(empty, "b.ota").err()).contains(empty + ": is empty");
    assertThat(create(empty, "b.ota", "--as-is").err()).contains(empty + ": is empty");
    assertThat(folder.resolve("b.ota")).doesNotExist();

    Cli.Run twice = create(ota, "twice.ota", "--as-is");
    assertThat(twice.exitCode()).as(twice.err()).isZero();
    assertThat(Cli.run("image", "verify", path("twice.ota")).out())
        .contains("note: the image is an OTA file already");
    assertThat(Cli.run("image", "inspect", path("twice.ota")).out())
        .contains("the image is an OTA file already")
        .contains("[content]");
    assertThat(Cli.run("image", "verify", hex.toString()).out()).contains("an Intel HEX text");
    assertThat(Cli.run("image", "inspect", hex.toString()).err()).contains("an Intel HEX text");
  }

  @Test
  void aFolderStandsForItsFilesWithThoseInItsSubFolders() throws Exception {
    Path images = Files.createDirectories(folder.resolve("images/sub/deep"));
    created(firmware, "images/a.ota");
    created(firmware, "images/sub/deep/b.ota");
    Files.writeString(images.resolve("readme.txt"), "hi");
    Files.createFile(folder.resolve("images/Thumbs.db"));
    for (String command : List.of("inspect", "verify")) {
      Cli.Run run = Cli.run("image", command, path("images"));
      assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(run.out()).contains(path("images/a.ota")).contains(path("images/sub/deep/b.ota"));
      assertThat(run.out() + run.err()).contains("readme.txt: ");
      assertThat(run.err()).contains("passed over").contains("Thumbs.db");
    }
    assertThat(Cli.run("gbcs", "inspect", path("images")).err())
        .contains("a.ota: hexadecimal text")
        .contains("b.ota: hexadecimal text");
    Files.createFile(folder.resolve("images/.hanota-run"));
    assertThat(Cli.run("image", "verify", path("images")).err())
        .as("what hanota keeps there itself")
        .doesNotContain(".hanota-run");
    Path none = Files.createDirectory(folder.resolve("none"));
    assertThat(Cli.run("image", "verify", none.toString()).err())
        .contains(none + ": is a folder without files");
  }

  @Test
  void ofAFileThatIsNoneNothingIsSaidOfItsParts() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no image");
    Cli.Run run = Cli.run("image", "verify", path("absent.ota"), text.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo(path("absent.ota") + ": no such file or folder"),
            line ->
                assertThat(line)
                    .startsWith(text + ": WRONG; form upgrade file identifier at offset 0: found ")
                    .doesNotContain("absent"));
  }

  @Test
  void whatStandsBehindTheLastElementIsCutOff() throws Exception {
    Path ota = created(firmware, "a.ota");
    byte[] right = Files.readAllBytes(ota);
    for (String tail : new String[] {"00", "FFFF", "0000000000000000", "FF".repeat(40)}) {
      byte[] more = Octets.fromHex(tail).toByteArray();
      Path behind = write("behind.ota", right, more);
      assertThat(Cli.run("image", "verify", behind.toString()).out()).contains(CURE);
      assertThat(Cli.run("image", "inspect", behind.toString()).out()).contains(CURE);
      assertThat(trimmed(behind)).as("behind the total image size: " + tail).isEqualTo(right);
    }
    for (String tail : new String[] {"00", "FFFF", "FF".repeat(40)}) {
      byte[] more = Octets.fromHex(tail).toByteArray();
      Path within = write("within.ota", right, more);
      byte[] counted = Files.readAllBytes(within);
      counted[52] += (byte) more.length;
      Files.write(within, counted);
      Cli.Run verified = Cli.run("image", "verify", within.toString());
      assertThat(verified.exitCode()).isEqualTo(1);
      if (more.length < ELEMENT_HEADER_OCTETS) {
        // What looks like an element that is cut off may be one: then cutting cures nothing.
        assertThat(verified.out()).as("within the total image size: " + tail).contains(CURE);
      }
      assertThat(trimmed(within)).as("within the total image size: " + tail).isEqualTo(right);
    }
    Path half =
        Files.write(folder.resolve("half.ota"), java.util.Arrays.copyOf(right, right.length - 1));
    Cli.Run refused = Cli.run("image", "trim", "-o", path("no.ota"), half.toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains(half + ": ").contains("1 octets missing");
    assertThat(folder.resolve("no.ota")).doesNotExist();
  }

  @Test
  void aKeyInAnotherFormIsReadOrTheCommandThatConvertsItIsPrinted() throws Exception {
    Path der =
        Files.write(
            folder.resolve("key.der"), Pem.block(KeyPem.text(KEY), "PRIVATE KEY").toByteArray());
    assertThat(signedWith(der).err())
        .contains(der + ": ")
        .contains("but DER")
        .contains("openssl pkey -inform DER -in FILE -out FILE.pem");
    Path old =
        Files.writeString(
            folder.resolve("old.pem"),
            """
            -----BEGIN EC PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-256-CBC,00

            AAAA
            -----END EC PRIVATE KEY-----
            """);
    assertThat(signedWith(old).err()).contains("openssl pkcs8 -topk8");
    Path utf16 =
        Files.write(
            folder.resolve("utf16.pem"),
            ("\uFEFF" + KeyPem.text(KEY))
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_16LE));
    assertThat(signedWith(utf16).err()).isEmpty();
    Path signed = folder.resolve("signed.ota");
    Path pub = Files.write(folder.resolve("pub.der"), KeyPem.der(KEY.publicKey()).toByteArray());
    assertThat(
            Cli.run("image", "verify", "--manufacturer-key", pub.toString(), signed.toString())
                .err())
        .contains("openssl pkey -pubin -inform DER");
    assertThat(
            Cli.run("image", "verify", "--manufacturer-key", utf16.toString(), signed.toString())
                .err())
        .contains("but PRIVATE KEY")
        .contains("openssl pkey -in FILE -pubout");
  }

  private Cli.Run signedWith(Path key) {
    return create(firmware, "signed.ota", "--force", "--manufacturer-key", key.toString());
  }

  private byte[] trimmed(Path file) throws Exception {
    Cli.Run run = Cli.run("image", "trim", "--force", "-o", path("trimmed.ota"), file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Cli.run("image", "verify", path("trimmed.ota")).exitCode()).isZero();
    return Files.readAllBytes(folder.resolve("trimmed.ota"));
  }

  private Path write(String name, byte[] octets, byte[] more) throws Exception {
    return Files.write(
        folder.resolve(name), Octets.wrap(octets).concat(Octets.wrap(more)).toByteArray());
  }

  private Path created(Path image, String name) {
    Cli.Run run = create(image, name);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return folder.resolve(name);
  }

  private Cli.Run create(Path image, String name, String... more) {
    String[] fixed = {
      "image",
      "create",
      "--manufacturer-code",
      "0x1234",
      "--image-type",
      "1",
      "--file-version",
      "2",
      "-o",
      path(name),
      image.toString()
    };
    return Cli.run(
        java.util.stream.Stream.of(fixed, more)
            .flatMap(java.util.stream.Stream::of)
            .toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
