// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.keys.P256PrivateKey;

/** Keys, names and files of our own. */
final class Samples {
  static final P256PrivateKey KEY = P256PrivateKey.fromSeed(Octets.fromHex("01"));
  static final Eui64 CA_NAME = Eui64.parse("48414E4F54414341");
  static final Eui64 SIGNER_NAME = Eui64.parse("00DB123456789011");

  private Samples() {}

  static EcqvAuthority authority(CryptoSuite suite) {
    return new EcqvAuthority(CA_NAME, SuitePrivateKey.fromSeed(suite, Octets.fromHex("CA")));
  }

  static ZigBeeSigner signer(CryptoSuite suite) {
    EcqvRequest request = EcqvRequest.fromSeed(suite, Octets.fromHex("0102"));
    EcqvAuthority authority = authority(suite);
    return request.complete(
        authority.issue(SIGNER_NAME, 7, request.point()), authority.publicKey());
  }

  static ZigBeeTrust trust(CryptoSuite suite) {
    return ZigBeeTrust.nobody()
        .withIssuer(CA_NAME, authority(suite).publicKey())
        .withSigner(SIGNER_NAME);
  }

  static ZigBeeFile signed(CryptoSuite suite, OtaHeader header, Octets image) {
    return ZigBeeFile.builder(header)
        .upgradeImage(image)
        .integrityCode(IntegrityCode.Range.TAG_EXCLUDED)
        .sign(signer(suite))
        .build();
  }
}
