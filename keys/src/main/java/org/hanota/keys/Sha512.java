// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** SHA-512 of sources of any size, as catalogues carry it. */
public final class Sha512 {
  private Sha512() {}

  /** The 64 octets of the hash of all of {@code source}. */
  public static Octets of(OctetSource source) {
    return Sha256.digest("SHA-512", source);
  }
}
