// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.Sha256;

/**
 * Decides whether an image may run. This class checks what every image must fulfil, then asks the
 * check of its subclass, and alone makes the {@link VerifiedImage} that activation demands. A
 * manufacturer extends it with a check of its own.
 */
public abstract class Verifier {
  private final String name;

  /**
   * @param name what logs and {@link VerifiedImage#verifier} say
   */
  protected Verifier(String name) {
    this.name = name;
  }

  /** Accepts a GB meter image that carries the signature of {@code supplier}. [GBCS 11.2.2] */
  public static Verifier authorisingSignature(P256PublicKey supplier) {
    return new AuthorisingSignatureVerifier(supplier);
  }

  /**
   * Accepts a file that {@code manufacturer} signed with its header: format 2 of {@link
   * ManufacturerSignature}.
   *
   * @param kind of the device's files; it is not guessed, since the last octets of a PPMID's
   *     firmware may look like those of a meter's file
   */
  public static Verifier manufacturer(P256PublicKey manufacturer, FileKind kind) {
    return new ManufacturerVerifier(manufacturer, kind, Optional.empty());
  }

  /**
   * As {@link #manufacturer}, and accepts format 1 too, which does not cover the header: a hub that
   * lies may give an old image a new version, or another model's name.
   *
   * @param reason why that is enough here; logged with every image of format 1
   */
  public static Verifier manufacturerFormat1(
      P256PublicKey manufacturer, FileKind kind, String reason) {
    return new ManufacturerVerifier(manufacturer, kind, Optional.of(reason));
  }

  /** Accepts a plain file with a right integrity code, over either range. [ZCL 11.7.2.1] */
  public static Verifier integrityCode() {
    return new IntegrityCodeVerifier();
  }

  /** Accepts a plain file signed by somebody whom {@code trust} trusts. [ZCL 11.7.1] */
  public static Verifier zigbeeSignature(ZigBeeTrust trust) {
    return new ZigBeeSignatureVerifier(trust);
  }

  /**
   * For devices that know no key: demands a right integrity code of a plain file that carries one,
   * as {@link #integrityCode}, and accepts any other file as {@link #headerAndSizeOnly}.
   *
   * @param reason why that is enough here; logged with every image without a code
   */
  public static Verifier integrityCodeIfCarried(String reason) {
    return new IntegrityCodeVerifier(new HeaderAndSizeVerifier(reason));
  }

  /**
   * Accepts any image whose header and size are right: nothing protects its content.
   *
   * @param reason why that is enough here; logged with every image
   */
  public static Verifier headerAndSizeOnly(String reason) {
    return new HeaderAndSizeVerifier(reason);
  }

  /** What logs call this verifier. */
  public final String name() {
    return name;
  }

  /**
   * Verifies {@code file} as the image named {@code expected}. A wild-card manufacturer code in the
   * header matches any.
   */
  public final Verification verify(OctetSource file, ImageId expected) {
    OtaHeader header;
    try {
      header = OtaHeader.read(file);
    } catch (FormatException e) {
      return refused(VerificationStep.HEADER, e);
    }
    if (!isOf(header.image(), expected)) {
      return new Verification.Refused(
          VerificationStep.IDENTITY, "the header says " + header.image() + ", not " + expected);
    }
    if (header.totalImageSize() != file.size()) {
      return new Verification.Refused(
          VerificationStep.SIZE,
          "total image size is " + header.totalImageSize() + ", the file has " + file.size());
    }
    return decide(file, header, expected);
  }

  /**
   * The subclass's own check, of a file whose header, identity and size are right.
   *
   * @throws FormatException where the form is wrong; counts as failed at {@link
   *     VerificationStep#FORM}
   */
  protected abstract Check check(OctetSource file, OtaHeader header);

  /** The result of a subclass's check. */
  public sealed interface Check {
    /**
     * The image may run.
     *
     * @param reason what the check relied on, in one line
     * @param manufacturerImage the Manufacturer Image where the file is a GB image
     */
    record Passed(String reason, Optional<OctetSource> manufacturerImage) implements Check {}

    /**
     * The image may not run.
     *
     * @param step the step that failed
     * @param reason what was found and what is allowed, in one line
     */
    record Failed(VerificationStep step, String reason) implements Check {}
  }

  private Verification decide(OctetSource file, OtaHeader header, ImageId expected) {
    Check check;
    try {
      check = check(file, header);
    } catch (FormatException e) {
      return refused(VerificationStep.FORM, e);
    }
    if (check instanceof Check.Failed failed) {
      return new Verification.Refused(failed.step(), failed.reason());
    }
    Check.Passed passed = (Check.Passed) check;
    Optional<Octets> hash = passed.manufacturerImage().map(Sha256::of);
    return new Verification.Verified(
        new VerifiedImage(expected, file.size(), Sha256.of(file), hash, name, passed.reason()));
  }

  private static boolean isOf(ImageId found, ImageId expected) {
    return found.manufacturerCode().matches(expected.manufacturerCode())
        && found.imageType().equals(expected.imageType())
        && found.fileVersion().equals(expected.fileVersion());
  }

  private static Verification refused(VerificationStep step, FormatException e) {
    return new Verification.Refused(step, String.valueOf(e.getMessage()));
  }
}
