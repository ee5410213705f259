// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** A key that checks signatures with P-256 and SHA-256. */
public final class P256PublicKey {
  private final Octets encoded;
  private final ECPublicKeyParameters parameters;

  private P256PublicKey(ECPoint point) {
    parameters = new ECPublicKeyParameters(point, P256PrivateKey.DOMAIN);
    encoded = Octets.wrap(point.getEncoded(false));
  }

  /**
   * A key from its point: 65 octets uncompressed (04 || x || y), 33 compressed, or 64 (x || y).
   *
   * @throws IllegalArgumentException if that is no point of the curve
   */
  public static P256PublicKey of(Octets point) {
    Octets full = point.length() == 64 ? Octets.copyOf((byte) 4).concat(point) : point;
    if (full.length() != 65 && full.length() != 33) {
      throw new IllegalArgumentException(
          "P-256 public key has " + point.length() + " octets, allowed 65, 64 or 33");
    }
    return new P256PublicKey(P256PrivateKey.DOMAIN.getCurve().decodePoint(full.toByteArray()));
  }

  static P256PublicKey of(ECPoint point) {
    return new P256PublicKey(point.normalize());
  }

  /** The point, 65 octets uncompressed. */
  public Octets encoded() {
    return encoded;
  }

  /** Whether {@code signature} was made over {@code message} with this key's private half. */
  public boolean verify(OctetSource message, P256Signature signature) {
    return verifyHash(Sha256.of(message), signature);
  }

  /** Whether {@code signature} was made over a message with this SHA-256. */
  public boolean verifyHash(Octets sha256, P256Signature signature) {
    ECDSASigner ecdsa = new ECDSASigner();
    ecdsa.init(false, parameters);
    return ecdsa.verifySignature(sha256.toByteArray(), signature.r(), signature.s());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof P256PublicKey that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  @Override
  public String toString() {
    return "P-256 public key " + encoded.slice(1, 8).toHex() + "..";
  }
}
