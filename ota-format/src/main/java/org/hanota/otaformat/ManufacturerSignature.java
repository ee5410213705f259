// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * A manufacturer's own signature inside its image, as our sample devices check it: the last 64
 * octets are r || s, ECDSA P-256 with SHA-256 over the octets before them.
 */
public final class ManufacturerSignature {
  private ManufacturerSignature() {}

  /** {@code firmware} followed by its signature; the same input gives the same octets. */
  public static Octets sign(Octets firmware, P256PrivateKey manufacturer) {
    return firmware.concat(manufacturer.sign(firmware).octets());
  }

  /** Whether {@code image} ends in a signature of {@code manufacturer} over what stands before. */
  public static boolean verify(OctetSource image, P256PublicKey manufacturer) {
    long firmware = image.size() - P256Signature.LENGTH;
    return firmware >= 0
        && manufacturer.verify(
            Section.of(image, 0, firmware),
            new P256Signature(image.octets(firmware, P256Signature.LENGTH)));
  }
}
