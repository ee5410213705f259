// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;

/** A point on P-256. Immutable; equal by its octets. */
public final class P256PublicKey {
  /** Octets of an uncompressed point: 0x04, x, y. */
  public static final int LENGTH = 1 + 2 * P256.WIDTH;

  /** Octets of a signature: r, s. */
  public static final int SIGNATURE_LENGTH = 2 * P256.WIDTH;

  private static final int UNCOMPRESSED = 0x04;

  private final Octets point;
  private final ECPublicKeyParameters parameters;

  private P256PublicKey(Octets point, ECPoint decoded) {
    this.point = point;
    this.parameters = new ECPublicKeyParameters(decoded, P256.DOMAIN);
  }

  static P256PublicKey of(ECPoint point) {
    return new P256PublicKey(Octets.wrap(point.getEncoded(false)), point);
  }

  /**
   * Reads an uncompressed point.
   *
   * @param point 65 octets, 0x04, x, y
   * @throws FormatException if it is anything else or not on the curve
   */
  public static P256PublicKey parse(Octets point) {
    if (point.length() != LENGTH || point.at(0) != UNCOMPRESSED) {
      throw new FormatException(
          "public key", 0, point.toString(), LENGTH + " octets that begin with 04");
    }
    Octets own = point.copy();
    try {
      ECPoint decoded = P256.DOMAIN.getCurve().decodePoint(own.toByteArray());
      return new P256PublicKey(own, P256.DOMAIN.validatePublicPoint(decoded));
    } catch (IllegalArgumentException e) {
      throw new FormatException("public key", 0, point.toString(), "a point on P-256");
    }
  }

  /** 65 octets, 0x04, x, y. */
  public Octets octets() {
    return point;
  }

  /**
   * Whether {@code signature} is this key's ECDSA signature with SHA-256 over {@code signed}.
   *
   * @param signature 64 octets, r and s
   */
  public boolean verifies(Octets signed, Octets signature) {
    if (signature.length() != SIGNATURE_LENGTH) {
      return false;
    }
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, parameters);
    return signer.verifySignature(
        P256.sha256(signed).toByteArray(),
        P256.unsigned(signature.slice(0, P256.WIDTH)),
        P256.unsigned(signature.from(P256.WIDTH)));
  }

  ECPublicKeyParameters parameters() {
    return parameters;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof P256PublicKey that && point.equals(that.point);
  }

  @Override
  public int hashCode() {
    return point.hashCode();
  }

  @Override
  public String toString() {
    return "P-256 public key " + point.toHex();
  }
}
