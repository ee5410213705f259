// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.hanota.api.OctetSink;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** SHA-256 of sources of any size, piece by piece. */
public final class Sha256 {
  private Sha256() {}

  /** The 32 octets of the hash of all of {@code source}. */
  public static Octets of(OctetSource source) {
    return digest("SHA-256", source);
  }

  static Octets digest(String algorithm, OctetSource source) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      OctetSink sink = piece -> piece.update(digest);
      sink.acceptAll(source);
      return Octets.wrap(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }
}
