// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.OctetSource;
import org.hanota.keys.P256PublicKey;

/** The check of HCALCS, ESME and GSME. */
final class AuthorisingSignatureVerifier extends Verifier {
  private final P256PublicKey supplier;

  AuthorisingSignatureVerifier(P256PublicKey supplier) {
    super("authorisingSignature");
    this.supplier = supplier;
  }

  @Override
  protected Check check(OctetSource file, OtaHeader header) {
    GbMeterFile meter = GbMeterFile.read(file);
    if (!supplier.verify(meter.manufacturerImage(), meter.signature())) {
      return new Check.Failed(
          VerificationStep.SIGNATURE,
          "the Authorising Remote Party Signature is not the supplier's over this image");
    }
    return new Check.Passed("signed by " + supplier, Optional.of(meter.manufacturerImage()));
  }
}
