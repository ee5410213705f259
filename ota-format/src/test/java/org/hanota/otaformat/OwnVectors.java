// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.keys.Sha256;

/** Makes {@code docs/vectors/ota-signed.json}: every octet follows from the seeds written here. */
final class OwnVectors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OtaHeader HEADER =
      OtaHeader.of(ImageId.of(0x1234, 0x5678, 0x00010203)).withHeaderString("hanota vector");

  private OwnVectors() {}

  static ObjectNode all() {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "ota-signed.schema.json");
    root.put(
        "description", "Signed OTA upgrade files with their keys; hexadecimal, test keys only");
    ArrayNode groups = root.putArray("groups");
    for (CryptoSuite suite : CryptoSuite.values()) {
      groups.add(suiteGroup(suite));
    }
    groups.add(meterGroup());
    for (FileKind kind : List.of(FileKind.ZIGBEE, FileKind.GB_PPMID)) {
      groups.add(manufacturerGroup(kind));
    }
    return root;
  }

  private static ObjectNode suiteGroup(CryptoSuite suite) {
    EcqvAuthority authority = Samples.authority(suite);
    ZigBeeSigner signer = Samples.signer(suite);
    ObjectNode group = JSON.createObjectNode();
    group.put("verifier", "zigbeeSignature");
    group.put("suite", suite.number());
    group.put("curve", suite.curve());
    ObjectNode issuer = group.putObject("issuer");
    issuer.put("eui64", authority.name().toString());
    issuer.put(
        "privateKey", SuitePrivateKey.fromSeed(suite, Octets.fromHex("CA")).secretOctets().toHex());
    issuer.put("publicKey", authority.publicKey().encoded().toHex());
    ObjectNode subject = group.putObject("signer");
    subject.put("eui64", signer.name().toString());
    subject.put("privateKey", signer.key().secretOctets().toHex());
    subject.put("publicKey", signer.key().publicKey().encoded().toHex());
    subject.put("certificate", signer.certificate().octets().toHex());
    ArrayNode tests = group.putArray("tests");
    suiteTests(suite, signer, (comment, file) -> add(tests, comment, file, suiteVerifier(suite)));
    return group;
  }

  private static void suiteTests(
      CryptoSuite suite, ZigBeeSigner signer, BiConsumer<String, Octets> add) {
    Octets small = Octets.fromHex("00112233445566778899AABBCCDDEEFF");
    Octets plain = octets(ZigBeeFile.builder(HEADER).upgradeImage(small).sign(signer).build());
    add.accept("image, certificate and signature", plain);
    for (IntegrityCode.Range range : IntegrityCode.Range.values()) {
      add.accept(
          "integrity code, " + range.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          octets(
              ZigBeeFile.builder(HEADER)
                  .upgradeImage(small)
                  .integrityCode(range)
                  .sign(signer)
                  .build()));
    }
    OtaHeader full =
        HEADER
            .withSecurityCredentialVersion(new SecurityCredentialVersion(3))
            .withUpgradeFileDestination(new Eui64(0x0011223344556677L))
            .withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF));
    add.accept(
        "all optional header fields, a manufacturer's element first",
        octets(
            ZigBeeFile.builder(full)
                .element(new ElementTag(0xF000), small)
                .upgradeImage(small)
                .sign(signer)
                .build()));
    add.accept("a digest of exactly 8192 octets", padded(suite, signer));
    int last = plain.length() - 1;
    add.accept("last octet of s changed", changed(plain, last));
    add.accept("first octet of the image changed", changed(plain, 62));
    add.accept("header string changed", changed(plain, 40));
    add.accept("signer's EUI-64 changed", changed(plain, last - suite.signatureLength()));
    int certificate =
        plain.length() - suite.signatureElementLength() - 6 - suite.certificateLength();
    int issuer = suite == CryptoSuite.SUITE_1 ? 30 : 11;
    add.accept("issuer in the certificate changed", changed(plain, certificate + issuer));
    int subject = suite == CryptoSuite.SUITE_1 ? 22 : 28;
    add.accept("subject in the certificate changed", changed(plain, certificate + subject));
  }

  private static Octets padded(CryptoSuite suite, ZigBeeSigner signer) {
    int around = HEADER.headerLength() + 3 * Element.HEADER_LENGTH + suite.certificateLength() + 8;
    Octets image = Octets.wrap(new byte[8192 - around]);
    return octets(ZigBeeFile.builder(HEADER).upgradeImage(image).sign(signer).build());
  }

  private static ObjectNode meterGroup() {
    ObjectNode group = JSON.createObjectNode();
    group.put("verifier", "authorisingSignature");
    group.put("curve", "P-256");
    ObjectNode signer = group.putObject("signer");
    signer.put("privateKey", Samples.KEY.secretOctets().toHex());
    signer.put("publicKey", Samples.KEY.publicKey().octets().toHex());
    ArrayNode tests = group.putArray("tests");
    Verifier verifier = Verifier.authorisingSignature(Samples.KEY.publicKey());
    OtaHeader header = HEADER.withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF));
    Octets image = Octets.fromHex("00112233445566778899AABBCCDDEEFF");
    Octets file = octets(GbMeterFile.sign(header, image, false, Samples.KEY));
    add(tests, "GB meter image", file, verifier);
    add(
        tests,
        "forceReplace set",
        octets(GbMeterFile.sign(header, image, true, Samples.KEY)),
        verifier);
    add(
        tests,
        "empty Manufacturer Image",
        octets(GbMeterFile.sign(header, Octets.EMPTY, false, Samples.KEY)),
        verifier);
    add(tests, "Manufacturer Image changed", changed(file, 60), verifier);
    add(tests, "signature length changed", changed(file, file.length() - 65), verifier);
    add(tests, "last octet of s changed", changed(file, file.length() - 1), verifier);
    return group;
  }

  private static ObjectNode manufacturerGroup(FileKind kind) {
    ObjectNode group = JSON.createObjectNode();
    group.put("verifier", "manufacturer");
    group.put("kind", kind.label());
    group.put("curve", "P-256");
    ObjectNode signer = group.putObject("signer");
    signer.put("privateKey", Samples.KEY.secretOctets().toHex());
    signer.put("publicKey", Samples.KEY.publicKey().octets().toHex());
    ArrayNode tests = group.putArray("tests");
    Verifier verifier = Verifier.manufacturer(Samples.KEY.publicKey(), kind);
    OtaHeader header = HEADER.withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF));
    Octets firmware = Octets.fromHex("00112233445566778899AABBCCDDEEFF");
    boolean plain = kind == FileKind.ZIGBEE;
    Octets file =
        octets(
            plain
                ? ZigBeeFile.builder(header)
                    .upgradeImage(firmware)
                    .signAsManufacturer(Samples.KEY)
                    .build()
                : GbPpmidFile.sign(header, firmware, Samples.KEY));
    add(tests, "format 2: header and image signed", file, verifier);
    if (plain) {
      Octets more =
          octets(
              ZigBeeFile.builder(header)
                  .upgradeImage(firmware)
                  .element(new ElementTag(0xF000), firmware)
                  .integrityCode(IntegrityCode.Range.TAG_EXCLUDED)
                  .signAsManufacturer(Samples.KEY)
                  .build());
      add(tests, "format 2 behind another element and an integrity code", more, verifier);
    }
    add(tests, "hardware version range changed", changed(file, 57), verifier);
    add(tests, "header string changed", changed(file, 40), verifier);
    add(tests, "image changed", changed(file, plain ? 66 : 60), verifier);
    add(tests, "last octet of s changed", changed(file, file.length() - 1), verifier);
    add(tests, "version of the element changed", changed(file, file.length() - 65), verifier);
    Octets old = ManufacturerSignature.signFormat1(firmware, Samples.KEY);
    add(
        tests,
        "format 1, which does not cover the header",
        octets(
            plain
                ? ZigBeeFile.builder(header).upgradeImage(old).build()
                : GbPpmidFile.of(header, old)),
        verifier);
    return group;
  }

  private static void add(ArrayNode tests, String comment, Octets file, Verifier verifier) {
    ObjectNode test = tests.addObject();
    test.put("comment", comment);
    test.put("file", file.toHex());
    test.put("sha256", Sha256.of(file).toHex());
    Verification result = verifier.verify(file, HEADER.image());
    if (result instanceof Verification.Verified verified) {
      test.put("result", "valid");
      verified
          .image()
          .manufacturerImageHash()
          .ifPresent(hash -> test.put("manufacturerImageHash", hash.toHex()));
    } else if (result instanceof Verification.Refused refused) {
      test.put("result", "invalid");
      test.put("failedStep", refused.step().label());
    }
    if (verifier.name().equals("zigbeeSignature")) {
      ZigBeeSignature.of(ZigBeeFile.read(file))
          .ifPresent(signature -> test.put("digest", signature.digest().toHex()));
    }
  }

  static Verifier suiteVerifier(CryptoSuite suite) {
    return Verifier.zigbeeSignature(Samples.trust(suite));
  }

  private static Octets octets(OtaFile file) {
    return (Octets) file.octets();
  }

  private static Octets changed(Octets file, int at) {
    byte[] octets = file.toByteArray();
    octets[at] ^= 1;
    return Octets.wrap(octets);
  }
}
