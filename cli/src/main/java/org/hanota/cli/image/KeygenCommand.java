// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.keys.P256PrivateKey;
import org.hanota.otaformat.CryptoSuite;
import org.hanota.otaformat.EcqvAuthority;
import org.hanota.otaformat.EcqvRequest;
import org.hanota.otaformat.SuitePrivateKey;
import org.hanota.otaformat.ZigBeeSigner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hanota image keygen}. */
@Command(
    name = "keygen",
    description = {
      "Makes keys; they are written to files and never printed. Files there are kept.",
      "p256: NAME.key and NAME.pub in PEM, for suppliers and manufacturers.",
      "1 or 2: NAME.json, of an authority; with --authority, of a signer that it certifies;",
      "and NAME.pub.json, which holds no secret. Test certificates, not those of a real authority."
    },
    footer = {
      "",
      "Example:",
      "  hanota image keygen --suite 2 --eui64 48414E4F54414341 -o ca",
      "  hanota image keygen --suite 2 --eui64 00DB123456789011 --authority ca.json \\",
      "    -o signer"
    })
final class KeygenCommand extends ImageTask {
  /** Octets of randomness behind each key: twice what the strongest curve here offers. */
  private static final int SEED_LENGTH = 64;

  @Option(names = "--suite", required = true, paramLabel = "SUITE", description = "p256, 1 or 2.")
  private String suite = "";

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "NAME",
      description = "Start of the names of the files to write.")
  private String name = "";

  @Option(
      names = "--eui64",
      paramLabel = "EUI64",
      description = "Name of the authority or signer in certificates, suites 1 and 2.")
  private @Nullable Eui64 eui64;

  @Option(
      names = "--authority",
      paramLabel = "JSON",
      description = "Key of the authority that certifies the new signer.")
  private @Nullable Path authority;

  @Option(
      names = "--seed",
      paramLabel = "HEX",
      converter = Converters.Hex.class,
      description = "Makes the same key every time, for tests; suites 1 and 2.")
  private @Nullable Octets seed;

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Override
  int run(PrintWriter out) throws IOException {
    switch (suite) {
      case "p256" -> p256(out);
      case "1" -> suite(CryptoSuite.SUITE_1, out);
      case "2" -> suite(CryptoSuite.SUITE_2, out);
      default -> throw usage("--suite is '" + suite + "', allowed p256, 1 or 2");
    }
    return ExitCode.DONE;
  }

  private void p256(PrintWriter out) throws IOException {
    if (seed != null) {
      throw usage("--seed is for suites 1 and 2");
    }
    P256PrivateKey key = P256PrivateKey.generate(new SecureRandom());
    refuseOverwriting(".key", ".pub");
    KeyFiles.write(Path.of(name + ".key"), key, choice.existing());
    KeyFiles.write(Path.of(name + ".pub"), key.publicKey(), choice.existing());
    out.println("wrote " + name + ".key and " + name + ".pub");
  }

  private void suite(CryptoSuite kind, PrintWriter out) throws IOException {
    if (eui64 == null) {
      throw usage("--eui64 is wanted for suites 1 and 2");
    }
    ObjectNode key = KeyFiles.JSON.createObjectNode();
    key.put("suite", kind.number());
    key.put("curve", kind.curve());
    key.put("eui64", eui64.toString());
    SuitePrivateKey secret =
        authority == null
            ? SuitePrivateKey.fromSeed(kind, material())
            : certified(kind, eui64, authority, key);
    key.put("publicKey", secret.publicKey().encoded().toHex());
    refuseOverwriting(".json", ".pub.json");
    KeyFiles.writeJson(Path.of(name + ".pub.json"), key, false, choice.existing());
    key.put("privateKey", secret.secretOctets().toHex());
    KeyFiles.writeJson(Path.of(name + ".json"), key, true, choice.existing());
    out.println("wrote " + name + ".json and " + name + ".pub.json");
  }

  private void refuseOverwriting(String secret, String open) {
    OutputFile.refuseExisting(
        List.of(Path.of(name + secret), Path.of(name + open)), choice.existing());
  }

  private SuitePrivateKey certified(CryptoSuite kind, Eui64 subject, Path issuer, ObjectNode key)
      throws IOException {
    JsonNode issuerKey = KeyFiles.suiteKey(issuer);
    if (Signing.suite(issuer, issuerKey) != kind) {
      throw usage(issuer + " is a key of the other suite");
    }
    EcqvAuthority test =
        new EcqvAuthority(
            KeyFiles.eui64(issuer, issuerKey),
            SuitePrivateKey.of(kind, KeyFiles.hex(issuer, issuerKey, "privateKey")));
    EcqvRequest request = EcqvRequest.fromSeed(kind, material());
    ZigBeeSigner signer =
        request.complete(test.issue(subject, 0, request.point()), test.publicKey());
    key.put("issuer", test.name().toString());
    key.put("certificate", signer.certificate().octets().toHex());
    return signer.key();
  }

  private Octets material() {
    if (seed != null) {
      return seed;
    }
    byte[] random = new byte[SEED_LENGTH];
    new SecureRandom().nextBytes(random);
    return Octets.wrap(random);
  }
}
