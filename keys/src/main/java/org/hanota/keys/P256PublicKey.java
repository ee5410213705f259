// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** A key that checks signatures with P-256 and SHA-256. Immutable; equal by its octets. */
public final class P256PublicKey {
  /** Octets of an uncompressed point: 0x04, x, y. */
  public static final int LENGTH = 1 + 2 * P256.WIDTH;

  static final int COMPRESSED_LENGTH = 1 + P256.WIDTH;
  private static final Octets UNCOMPRESSED = Octets.copyOf((byte) 4);

  private final Octets octets;
  private final ECPublicKeyParameters parameters;

  private P256PublicKey(ECPoint point) {
    parameters = new ECPublicKeyParameters(point, P256.DOMAIN);
    octets = Octets.wrap(point.getEncoded(false));
  }

  /**
   * A key from its point: 65 octets uncompressed (04 || x || y), 33 compressed, or 64 (x || y).
   *
   * @throws FormatException if that is no point of the curve
   */
  public static P256PublicKey parse(Octets point) {
    Octets full = point.length() == LENGTH - 1 ? UNCOMPRESSED.concat(point) : point;
    if (full.length() != LENGTH && full.length() != COMPRESSED_LENGTH) {
      throw refused(point.length() + " octets");
    }
    try {
      return new P256PublicKey(P256.DOMAIN.getCurve().decodePoint(full.toByteArray()));
    } catch (IllegalArgumentException e) {
      throw refused(point.toString());
    }
  }

  private static FormatException refused(String found) {
    return new FormatException(
        "public key",
        0,
        found,
        "a point on P-256: 65 octets from 04, 33 from 02 or 03, or 64 without either");
  }

  static P256PublicKey of(ECPoint point) {
    return new P256PublicKey(point.normalize());
  }

  /** The point, 65 octets: 0x04, x, y. */
  public Octets octets() {
    return octets;
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

  ECPublicKeyParameters parameters() {
    return parameters;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof P256PublicKey that && octets.equals(that.octets);
  }

  @Override
  public int hashCode() {
    return octets.hashCode();
  }

  @Override
  public String toString() {
    return "P-256 public key " + octets.slice(1, 8).toHex() + "..";
  }
}
