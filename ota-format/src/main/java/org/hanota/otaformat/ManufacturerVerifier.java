// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.OctetSource;
import org.hanota.keys.P256PublicKey;

/** The check of the manufacturer's own signature, in our sample form. */
final class ManufacturerVerifier extends Verifier {
  private final P256PublicKey manufacturer;
  private final FileKind kind;
  private final Optional<String> format1Reason;

  /**
   * @param format1Reason why format 1 is accepted too; empty where it is not
   */
  ManufacturerVerifier(P256PublicKey manufacturer, FileKind kind, Optional<String> format1Reason) {
    super("manufacturer");
    if (format1Reason.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException("reason is blank; it is logged with every image");
    }
    this.manufacturer = manufacturer;
    this.kind = kind;
    this.format1Reason = format1Reason;
  }

  @Override
  protected Check check(OctetSource file, OtaHeader header) {
    return switch (kind) {
      case ZIGBEE -> plain(ZigBeeFile.read(file));
      case GB_METER -> gb(file, header, GbMeterFile.read(file).manufacturerImage());
      case GB_PPMID -> gb(file, header, GbPpmidFile.read(file).manufacturerImage());
    };
  }

  private Check plain(ZigBeeFile file) {
    Optional<Element> element = file.elements().first(ManufacturerSignature.TAG);
    Optional<OctetSource> image = file.upgradeImage();
    if (image.isEmpty()) {
      return new Check.Failed(VerificationStep.FORM, "the file has no element 0000");
    }
    Optional<ManufacturerSignature> signature = file.manufacturerSignature();
    if (element.isPresent() && signature.isEmpty()) {
      return new Check.Failed(
          VerificationStep.SIGNATURE_ELEMENT,
          "element F0A8 is not the last one with %d octets and version %d"
              .formatted(ManufacturerSignature.DATA_LENGTH, ManufacturerSignature.VERSION));
    }
    return check(signature, image.get(), Optional.empty());
  }

  private Check gb(OctetSource file, OtaHeader header, OctetSource image) {
    long end = header.headerLength() + image.size();
    return check(ManufacturerSignature.of(file, header, end), image, Optional.of(image));
  }

  private Check check(
      Optional<ManufacturerSignature> signature,
      OctetSource image,
      Optional<OctetSource> manufacturerImage) {
    if (signature.isPresent()) {
      return signature.get().isOf(manufacturer)
          ? new Check.Passed("signed by " + manufacturer + " with the header", manufacturerImage)
          : new Check.Failed(
              VerificationStep.SIGNATURE,
              "element F0A8 is not the manufacturer's signature over header and image");
    }
    if (format1Reason.isEmpty()) {
      return new Check.Failed(
          VerificationStep.SIGNATURE_ELEMENT,
          "no element F0A8 ends the image; a signature of format 1 does not cover the header and"
              + " is accepted only where the device is set to");
    }
    return ManufacturerSignature.verifyFormat1(image, manufacturer)
        ? new Check.Passed(
            "signed by %s in format 1, without the header, accepted because %s"
                .formatted(manufacturer, format1Reason.get()),
            manufacturerImage)
        : new Check.Failed(
            VerificationStep.SIGNATURE,
            "the image ends neither in element F0A8 nor in the manufacturer's signature of format"
                + " 1");
  }
}
