// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.math.BigInteger;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.hanota.api.Octets;

/** A public key of suite 1 or 2: of a certificate's issuer, or of a signer. */
public final class SuitePublicKey {
  private final CryptoSuite suite;
  private final Octets encoded;
  private final ECPublicKeyParameters parameters;

  private SuitePublicKey(CryptoSuite suite, ECPoint point) {
    this.suite = suite;
    this.parameters = new ECPublicKeyParameters(point, suite.domain());
    this.encoded = Octets.wrap(point.getEncoded(true));
  }

  /**
   * A key from its compressed point, 22 or 37 octets.
   *
   * @throws IllegalArgumentException if that is no point of the suite's curve
   */
  public static SuitePublicKey of(CryptoSuite suite, Octets point) {
    return of(suite, decode(suite, point));
  }

  static SuitePublicKey of(CryptoSuite suite, ECPoint point) {
    return new SuitePublicKey(suite, point.normalize());
  }

  static ECPoint decode(CryptoSuite suite, Octets point) {
    if (point.length() != suite.pointLength()) {
      throw new IllegalArgumentException(
          "%s public key has %d octets, allowed %d"
              .formatted(suite.curve(), point.length(), suite.pointLength()));
    }
    return suite.domain().getCurve().decodePoint(point.toByteArray());
  }

  /** The suite. */
  public CryptoSuite suite() {
    return suite;
  }

  /** The compressed point. */
  public Octets encoded() {
    return encoded;
  }

  /**
   * Whether {@code signature} was made over {@code digest}, which stands for itself: it is not
   * hashed again.
   *
   * @param digest 16 octets, AES-MMO
   * @param signature r || s
   */
  public boolean verify(Octets digest, Octets signature) {
    if (signature.length() != suite.signatureLength()) {
      return false;
    }
    ECDSASigner ecdsa = new ECDSASigner();
    ecdsa.init(false, parameters);
    return ecdsa.verifySignature(
        digest.toByteArray(),
        new BigInteger(1, signature.slice(0, suite.numberLength()).toByteArray()),
        new BigInteger(1, signature.from(suite.numberLength()).toByteArray()));
  }

  ECPoint point() {
    return parameters.getQ();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SuitePublicKey that
        && suite == that.suite
        && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  @Override
  public String toString() {
    return suite.curve() + " public key " + encoded.slice(1, 8).toHex() + "..";
  }
}
