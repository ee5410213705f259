// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.math.BigInteger;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A cryptographic suite of Smart Energy: curve, certificate form and element tags. */
public enum CryptoSuite {
  /** sect163k1, certificates of 48 octets. */
  SUITE_1(1, "sect163k1", 21, 48, 0x0001, 0x0002),
  /** sect283k1, certificates of 74 octets. */
  SUITE_2(2, "sect283k1", 36, 74, 0x0005, 0x0006);

  /** Octets of the signer's EUI-64 that stand before the signature. */
  static final int SIGNER_LENGTH = 8;

  private final int number;
  private final String curve;
  private final int numberLength;
  private final int certificateLength;
  private final int signatureTag;
  private final int certificateTag;

  CryptoSuite(
      int number,
      String curve,
      int numberLength,
      int certificateLength,
      int signatureTag,
      int certificateTag) {
    this.number = number;
    this.curve = curve;
    this.numberLength = numberLength;
    this.certificateLength = certificateLength;
    this.signatureTag = signatureTag;
    this.certificateTag = certificateTag;
  }

  /** The domains, made when a curve is first used. */
  private static final class Domain {
    static final ECDomainParameters SECT163K1 =
        new ECDomainParameters(CustomNamedCurves.getByName("sect163k1"));
    static final ECDomainParameters SECT283K1 =
        new ECDomainParameters(CustomNamedCurves.getByName("sect283k1"));
  }

  /** The curve's name in SEC 2. */
  public String curve() {
    return curve;
  }

  /** 1 or 2, the number in the standard's name for the suite. */
  public int number() {
    return number;
  }

  /** Octets of a private key, of r and of s. */
  public int numberLength() {
    return numberLength;
  }

  /** Octets of r || s. */
  public int signatureLength() {
    return 2 * numberLength;
  }

  /** Octets of the signature element's data: the signer's EUI-64, r and s. */
  public int signatureElementLength() {
    return SIGNER_LENGTH + signatureLength();
  }

  /** Octets of a compressed point, as public keys and certificates hold it. */
  public int pointLength() {
    return numberLength + 1;
  }

  /** Octets of an implicit certificate. */
  public int certificateLength() {
    return certificateLength;
  }

  /** The tag of the signature element. */
  public ElementTag signatureTag() {
    return new ElementTag(signatureTag);
  }

  /** The tag of the certificate element. */
  public ElementTag certificateTag() {
    return new ElementTag(certificateTag);
  }

  /** Whether an element with {@code tag} holds this suite's signature or certificate. */
  boolean owns(int tag) {
    return tag == signatureTag || tag == certificateTag;
  }

  ECDomainParameters domain() {
    return this == SUITE_1 ? Domain.SECT163K1 : Domain.SECT283K1;
  }

  BigInteger order() {
    return domain().getN();
  }

  ECPoint multiply(BigInteger number) {
    return new FixedPointCombMultiplier().multiply(domain().getG(), number).normalize();
  }
}
