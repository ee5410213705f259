// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hanota.api.Octets;
import org.hanota.cli.Cli;
import org.hanota.keys.Sha256;
import org.junit.jupiter.api.Test;

/** Signed files: made, signed anew, verified. */
class ImageSigningTest extends ImageCalls {
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
  void privateKeysAreForTheirOwnerAloneAndNeverPrinted() throws IOException {
    Cli.Run made = run(0, "keygen", "--suite", "1", "--eui64", "48414E4F54414341", "-o", at("ca"));
    String secret = JSON.readTree(Path.of(at("ca.json")).toFile()).get("privateKey").asText();
    assertThat(made.out() + made.err()).doesNotContain(secret);
    assertThat(Files.readString(Path.of(at("ca.pub.json")))).doesNotContain(secret);
    assertThat(Files.getPosixFilePermissions(Path.of(at("ca.json")))).hasSize(2);
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
}
