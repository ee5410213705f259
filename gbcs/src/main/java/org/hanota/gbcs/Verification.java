// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.key.MacKey;
import org.hanota.keys.P256Signature;
import org.hanota.keys.PrivateKey;

/**
 * What is proven about a message.
 *
 * @param signature of the originator
 * @param mac of the party whose keys make it, and the device
 */
public record Verification(Check signature, Check mac) {

  /** What is proven by a signature or a MAC. */
  public enum Check {
    /** It is right. */
    VERIFIED,
    /** It is wrong. */
    FAILED,
    /** The key store lacks a key, so nothing is known. */
    KEY_MISSING,
    /** The message has none. */
    ABSENT
  }

  /**
   * Checks signature and MAC.
   *
   * @param accessControlBroker who adds the MAC to commands
   */
  public static Verification of(Message message, KeyStore keys, Eui64 accessControlBroker) {
    return of(message.envelope(), keys, accessControlBroker);
  }

  /** As {@link #of(Message, KeyStore, Eui64)}, of a message of any use case. */
  public static Verification of(Envelope message, KeyStore keys, Eui64 accessControlBroker) {
    return new Verification(signature(message, keys), mac(message, keys, accessControlBroker));
  }

  /** Whether every protection that {@code message} must have is there and right. */
  public boolean proves(Message message) {
    GroupingHeader header = message.header();
    boolean signed = header.messageCode().signed();
    boolean maced = header.messageCode().maced(header.craFlag());
    return good(signature, signed)
        && good(mac, maced)
        && message.payload().agreesWith(header.originatorCounter());
  }

  private static boolean good(Check check, boolean needed) {
    return check == Check.VERIFIED || (check == Check.ABSENT && !needed);
  }

  static Check signature(Envelope message, KeyStore keys) {
    if (message.signature().isEmpty()) {
      return Check.ABSENT;
    }
    P256Signature signature = new P256Signature(message.signature().get());
    return keys.certificate(message.originator(), KeyUsage.DIGITAL_SIGNATURE)
        .map(
            certificate ->
                result(certificate.publicKey().verify(message.signedOctets(), signature)))
        .orElse(Check.KEY_MISSING);
  }

  static Check mac(Envelope message, KeyStore keys, Eui64 accessControlBroker) {
    if (message.mac().isEmpty()) {
      return Check.ABSENT;
    }
    Eui64 party = message.macParty(accessControlBroker);
    Eui64 device = message.device();
    // Either end can check: the agreement gives both the same secret.
    Optional<Octets> expected =
        mac(message, keys, device, party).or(() -> mac(message, keys, party, device));
    return expected
        .map(tag -> result(MacKey.equal(tag, message.mac().get())))
        .orElse(Check.KEY_MISSING);
  }

  private static Optional<Octets> mac(Envelope message, KeyStore keys, Eui64 own, Eui64 other) {
    Optional<PrivateKey> mine = keys.privateKey(own, KeyUsage.KEY_AGREEMENT);
    Optional<Certificate> theirs = keys.certificate(other, KeyUsage.KEY_AGREEMENT);
    return mine.flatMap(key -> theirs.map(with -> message.macOf(key, with.publicKey())));
  }

  private static Check result(boolean right) {
    return right ? Check.VERIFIED : Check.FAILED;
  }
}
