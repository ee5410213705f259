// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.nemesis;

import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;

/** What may become of octets. */
public final class Flaws {
  private Flaws() {}

  /** One bit is another one. */
  public static Octets damaged(Octets octets, SeededRandom random) {
    byte[] array = octets.toByteArray();
    array[random.below(array.length)] ^= (byte) (1 << random.below(Byte.SIZE));
    return Octets.wrap(array);
  }

  /** The end is missing, from one octet to all but one. */
  public static Octets truncated(Octets octets, SeededRandom random) {
    return octets.slice(0, 1 + random.below(octets.length() - 1));
  }
}
