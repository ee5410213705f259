// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.OctetSource;

/** The check of a manufacturer whose images end in a signature of its own: our sample form. */
final class ManufacturerVerifier extends Verifier {
  private final P256PublicKey manufacturer;

  ManufacturerVerifier(P256PublicKey manufacturer) {
    super("manufacturer");
    this.manufacturer = manufacturer;
  }

  @Override
  protected Check check(OctetSource file, OtaHeader header) {
    Optional<FileKind> kind = FileKind.detect(file);
    if (kind.equals(Optional.of(FileKind.ZIGBEE))) {
      Optional<OctetSource> image = ZigBeeFile.read(file).upgradeImage();
      return image.isPresent()
          ? signed(image.get(), Optional.empty())
          : new Check.Failed(VerificationStep.FORM, "the file has no element 0000");
    }
    OctetSource image =
        kind.isPresent()
            ? GbMeterFile.read(file).manufacturerImage()
            : GbPpmidFile.read(file).manufacturerImage();
    return signed(image, Optional.of(image));
  }

  private Check signed(OctetSource image, Optional<OctetSource> manufacturerImage) {
    return ManufacturerSignature.verify(image, manufacturer)
        ? new Check.Passed("signed by " + manufacturer, manufacturerImage)
        : new Check.Failed(
            VerificationStep.SIGNATURE,
            "the image's last 64 octets are not the manufacturer's signature over the others");
  }
}
