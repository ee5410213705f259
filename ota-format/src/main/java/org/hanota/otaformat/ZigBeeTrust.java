// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;

/** Whom a device trusts with its images: signers by name, issuers by name and key. [ZCL 11.7.1] */
public final class ZigBeeTrust {
  /**
   * A trusted issuer of certificates.
   *
   * @param name as it stands in certificates
   * @param key checks the certificates of one suite
   */
  public record Issuer(Eui64 name, SuitePublicKey key) {}

  private final List<Issuer> issuers;
  private final List<Eui64> signers;

  private ZigBeeTrust(List<Issuer> issuers, List<Eui64> signers) {
    this.issuers = List.copyOf(issuers);
    this.signers = List.copyOf(signers);
  }

  /** Trusts nobody yet. */
  public static ZigBeeTrust nobody() {
    return new ZigBeeTrust(List.of(), List.of());
  }

  /** Trusts certificates of {@code name} that {@code key} checks, too. */
  public ZigBeeTrust withIssuer(Eui64 name, SuitePublicKey key) {
    List<Issuer> more = new ArrayList<>(issuers);
    more.add(new Issuer(name, key));
    return new ZigBeeTrust(more, signers);
  }

  /** Trusts images that {@code name} signed, too. */
  public ZigBeeTrust withSigner(Eui64 name) {
    List<Eui64> more = new ArrayList<>(signers);
    more.add(name);
    return new ZigBeeTrust(issuers, more);
  }

  boolean trusts(Eui64 signer) {
    return signers.contains(signer);
  }

  Optional<SuitePublicKey> issuer(Eui64 name, CryptoSuite suite) {
    return issuers.stream()
        .filter(issuer -> issuer.name().equals(name) && issuer.key().suite() == suite)
        .map(Issuer::key)
        .findFirst();
  }
}
