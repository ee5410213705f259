// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.OctetSource;

/** The check of a manufacturer whose images end in a signature of its own: our sample form. */
final class ManufacturerVerifier extends Verifier {
  private final P256PublicKey manufacturer;
  private final FileKind kind;

  ManufacturerVerifier(P256PublicKey manufacturer, FileKind kind) {
    super("manufacturer");
    this.manufacturer = manufacturer;
    this.kind = kind;
  }

  @Override
  protected Check check(OctetSource file, OtaHeader header) {
    return switch (kind) {
      case ZIGBEE -> {
        Optional<OctetSource> image = ZigBeeFile.read(file).upgradeImage();
        yield image.isPresent()
            ? signed(image.get(), Optional.empty())
            : new Check.Failed(VerificationStep.FORM, "the file has no element 0000");
      }
      case GB_METER -> signed(GbMeterFile.read(file).manufacturerImage());
      case GB_PPMID -> signed(GbPpmidFile.read(file).manufacturerImage());
    };
  }

  private Check signed(OctetSource manufacturerImage) {
    return signed(manufacturerImage, Optional.of(manufacturerImage));
  }

  private Check signed(OctetSource image, Optional<OctetSource> manufacturerImage) {
    return ManufacturerSignature.verify(image, manufacturer)
        ? new Check.Passed("signed by " + manufacturer, manufacturerImage)
        : new Check.Failed(
            VerificationStep.SIGNATURE,
            "the image's last 64 octets are not the manufacturer's signature over the others");
  }
}
