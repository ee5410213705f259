// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.cli.PemFile;
import org.hanota.otaformat.CryptoSuite;
import org.hanota.otaformat.ElementTag;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.Inspection;
import org.hanota.otaformat.SuitePublicKey;
import org.hanota.otaformat.Verification;
import org.hanota.otaformat.Verifier;
import org.hanota.otaformat.ZigBeeTrust;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose signatures the user trusts. */
final class TrustOptions {
  private static final String FORMAT_1_REASON = "this command runs nothing";

  @Option(
      names = "--supplier",
      paramLabel = "PEM",
      description = "Key or certificate that checks the signature of a GB meter image.")
  private @Nullable Path supplier;

  @Option(
      names = "--manufacturer-key",
      paramLabel = "PEM",
      description = "Key or certificate that checks the manufacturer's signature in the image.")
  private @Nullable Path manufacturer;

  @Option(
      names = "--issuer",
      paramLabel = "JSON",
      description = "Trusted issuer of suite 1 or 2 certificates, as keygen writes it; repeatable.")
  private List<Path> issuers = new ArrayList<>();

  @Option(
      names = "--signer",
      paramLabel = "EUI64",
      description = "Trusted signer of plain files; repeatable.")
  private List<Eui64> signers = new ArrayList<>();

  /** What JSON says of the signature. */
  record State(String label, String reason) {
    boolean isFailure() {
      return !label.equals("absent") && !label.equals("unchecked") && !label.equals("valid");
    }

    /** For people; a failure's label is the step that refused. */
    String words() {
      String word = isFailure() ? "refused at step " + label : label;
      return reason.isEmpty() ? word : word + " (" + reason + ")";
    }
  }

  /** Checks the signature of what was inspected, where there is one and a key for it. */
  State check(Inspection inspection) throws IOException {
    if (manufacturer != null) {
      FileKind kind = inspection.kind().orElse(FileKind.GB_PPMID);
      Verifier verifier =
          Verifier.manufacturerFormat1(PemFile.publicKey(manufacturer), kind, FORMAT_1_REASON);
      return result(verifier, inspection);
    }
    if (inspection.hasManufacturerSignature()
        && !inspection.kind().equals(Optional.of(FileKind.GB_METER))) {
      return new State("unchecked", "no --manufacturer-key given");
    }
    if (inspection.kind().equals(Optional.of(FileKind.GB_METER))) {
      return supplier == null
          ? new State("unchecked", "no --supplier given")
          : result(Verifier.authorisingSignature(PemFile.publicKey(supplier)), inspection);
    }
    if (!hasSignature(inspection)) {
      boolean expected = !signers.isEmpty() || supplier != null;
      return new State("absent", expected ? "a key was given, but the file has no signature" : "");
    }
    return signers.isEmpty() && issuers.isEmpty()
        ? new State("unchecked", "no --issuer and --signer given")
        : result(Verifier.zigbeeSignature(trust()), inspection);
  }

  /** Whether the user gave any key, so that a file without signature disappoints. */
  boolean isGiven() {
    return supplier != null || manufacturer != null || !signers.isEmpty();
  }

  private ZigBeeTrust trust() throws IOException {
    ZigBeeTrust trust = ZigBeeTrust.nobody();
    for (Path file : issuers) {
      JsonNode key = KeyFiles.suiteKey(file);
      CryptoSuite suite = key.get("suite").asInt() == 1 ? CryptoSuite.SUITE_1 : CryptoSuite.SUITE_2;
      trust =
          trust.withIssuer(
              KeyFiles.eui64(file, key),
              SuitePublicKey.of(suite, KeyFiles.hex(file, key, "publicKey")));
    }
    for (Eui64 signer : signers) {
      trust = trust.withSigner(signer);
    }
    return trust;
  }

  private static State result(Verifier verifier, Inspection inspection) {
    ImageId image = inspection.header().image();
    Verification verification = verifier.verify(inspection.image(), image);
    if (verification instanceof Verification.Verified verified) {
      return new State("valid", verified.image().reason());
    }
    Verification.Refused refused = (Verification.Refused) verification;
    return new State(refused.step().label(), refused.reason());
  }

  private static boolean hasSignature(Inspection inspection) {
    return inspection.elements().first(ElementTag.SIGNATURE_SUITE_1).isPresent()
        || inspection.elements().first(ElementTag.SIGNATURE_SUITE_2).isPresent();
  }
}
