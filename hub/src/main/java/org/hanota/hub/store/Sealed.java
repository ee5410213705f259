// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.keys.Sha256;

/** Octets that end in the beginning of their own hash, so that damage is seen. */
final class Sealed {
  /** 64 bits: chance passes one damage in 10^19. */
  private static final int SEAL_OCTETS = 8;

  private Sealed() {}

  static Octets seal(Octets content) {
    return content.concat(Sha256.of(content).slice(0, SEAL_OCTETS));
  }

  /**
   * The content.
   *
   * @throws FormatException if it is not what was sealed
   */
  static Octets open(Octets sealed) {
    int end = sealed.length() - SEAL_OCTETS;
    if (end < 0) {
      throw new FormatException(
          "seal", 0, sealed.length() + " octets", "at least " + SEAL_OCTETS + " octets");
    }
    Octets content = sealed.slice(0, end);
    Octets seal = Sha256.of(content).slice(0, SEAL_OCTETS);
    if (!sealed.from(end).equals(seal)) {
      throw new FormatException("seal", end, sealed.from(end).toHex(), seal.toHex());
    }
    return content;
  }
}
