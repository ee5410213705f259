// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.keys.PrivateKey;

/** A key store that is filled by its owner before use. */
public final class InMemoryKeyStore implements KeyStore {
  private final Map<KeyUsage, Map<Eui64, Certificate>> certificates =
      Map.of(KeyUsage.DIGITAL_SIGNATURE, new TreeMap<>(), KeyUsage.KEY_AGREEMENT, new TreeMap<>());
  private final Map<KeyUsage, Map<Eui64, PrivateKey>> privateKeys =
      Map.of(KeyUsage.DIGITAL_SIGNATURE, new TreeMap<>(), KeyUsage.KEY_AGREEMENT, new TreeMap<>());

  /** A store without keys. */
  public InMemoryKeyStore() {}

  /** Trusts {@code certificate}; it replaces the same party's for the same usage. */
  public InMemoryKeyStore trust(Certificate certificate) {
    map(certificates, certificate.usage()).put(certificate.subject(), certificate);
    return this;
  }

  /** Trusts both certificates of {@code credentials}. */
  public InMemoryKeyStore trust(Credentials credentials) {
    return trust(credentials.digitalSignature()).trust(credentials.keyAgreement());
  }

  /**
   * Holds the private key of {@code certificate}, which becomes trusted.
   *
   * @throws IllegalArgumentException if the key is another certificate's
   */
  public InMemoryKeyStore hold(Certificate certificate, PrivateKey privateKey) {
    if (!privateKey.publicKey().equals(certificate.publicKey())) {
      throw new IllegalArgumentException("privateKey does not belong to the " + certificate);
    }
    map(privateKeys, certificate.usage()).put(certificate.subject(), privateKey);
    return trust(certificate);
  }

  /** Holds both private keys of {@code credentials}. */
  public InMemoryKeyStore hold(Credentials credentials) {
    return hold(credentials.digitalSignature(), credentials.digitalSignatureKey())
        .hold(credentials.keyAgreement(), credentials.keyAgreementKey());
  }

  /** All trusted certificates, those for signatures first, each in the order of the EUI-64s. */
  public List<Certificate> certificates() {
    return Arrays.stream(KeyUsage.values())
        .flatMap(usage -> map(certificates, usage).values().stream())
        .toList();
  }

  @Override
  public Optional<Certificate> certificate(Eui64 party, KeyUsage usage) {
    return Optional.ofNullable(map(certificates, usage).get(party));
  }

  @Override
  public Optional<PrivateKey> privateKey(Eui64 party, KeyUsage usage) {
    return Optional.ofNullable(map(privateKeys, usage).get(party));
  }

  private static <T> Map<Eui64, T> map(Map<KeyUsage, Map<Eui64, T>> maps, KeyUsage usage) {
    return maps.getOrDefault(usage, Map.of());
  }
}
