// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KeyAgreement;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSink;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * A private key that a provider of Java's security API keeps, such as a hardware security module
 * behind PKCS#11. The key is only named to the provider, which signs and agrees; nothing asks it
 * for its number. Whether the same message gives the same signature is up to the provider.
 */
public final class ProviderPrivateKey implements PrivateKey {
  private final Provider provider;
  private final java.security.PrivateKey key;
  private final P256PublicKey publicKey;

  /**
   * The key {@code key} of {@code provider}.
   *
   * @param publicKey the key that belongs to it, from its certificate
   * @throws FormatException if {@code publicKey} is none for P-256
   */
  public ProviderPrivateKey(
      Provider provider, java.security.PrivateKey key, java.security.PublicKey publicKey) {
    this.provider = provider;
    this.key = key;
    this.publicKey = KeyPem.publicKey(publicKey);
  }

  @Override
  public P256PublicKey publicKey() {
    return publicKey;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the provider cannot sign, or signs with another key
   */
  @Override
  public P256Signature sign(OctetSource message) {
    P256Signature made = signed(message);
    if (!publicKey.verify(message, made)) {
      throw new IllegalStateException(
          provider.getName() + " signs with another key than that of " + publicKey);
    }
    return made;
  }

  private P256Signature signed(OctetSource message) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
      signature.initSign(key);
      long size = message.size();
      for (long at = 0; at < size; at += OctetSink.PIECE) {
        int length = (int) Math.min(OctetSink.PIECE, size - at);
        signature.update(message.octets(at, length).asByteBuffer());
      }
      return new P256Signature(Octets.wrap(signature.sign()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(provider.getName() + " does not sign: " + e.getMessage(), e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the provider cannot agree
   */
  @Override
  public Octets agree(P256PublicKey other) {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
      agreement.init(key);
      agreement.doPhase(
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(KeyPem.der(other).toByteArray())),
          true);
      return Octets.wrap(agreement.generateSecret());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(provider.getName() + " does not agree: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "private half of " + publicKey + ", kept by " + provider.getName();
  }
}
