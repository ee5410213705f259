// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.GMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.hanota.api.Octets;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.PrivateKey;
import org.hanota.keys.Sha256;

/** The key for one message's MAC. */
public final class MacKey {
  /** Octets of a MAC. */
  public static final int TAG_LENGTH = 12;

  private static final int KEY_LENGTH = 16;
  private static final Octets ROUND = Octets.fromHex("00000001");

  /** Object identifier of AES-GCM-128 in DLMS, as the key derivation takes it. */
  private static final Octets ALGORITHM = Octets.fromHex("60857406080300");

  private final KeyParameter key;

  private MacKey(Octets key) {
    this.key = new KeyParameter(key.toByteArray());
  }

  /**
   * Derives the key: the first 16 octets of a SHA-256 over the agreed secret and {@code info}.
   *
   * @param info originator, transaction and recipient, in the form of the grouping header
   */
  public static MacKey derive(PrivateKey mine, P256PublicKey theirs, Octets info) {
    return new MacKey(
        Sha256.of(ROUND.concat(mine.agree(theirs)).concat(ALGORITHM).concat(info))
            .slice(0, KEY_LENGTH));
  }

  /**
   * The MAC: GMAC with AES-128, first 12 octets.
   *
   * @param initialisationVector 12 octets
   * @param authenticated what the MAC covers
   */
  public Octets tag(Octets initialisationVector, Octets authenticated) {
    GMac mac = new GMac(GCMBlockCipher.newInstance(AESEngine.newInstance()), TAG_LENGTH * 8);
    mac.init(new ParametersWithIV(key, initialisationVector.toByteArray()));
    byte[] covered = authenticated.toByteArray();
    mac.update(covered, 0, covered.length);
    byte[] tag = new byte[TAG_LENGTH];
    mac.doFinal(tag, 0);
    return Octets.wrap(tag);
  }

  /** Whether two MACs are equal, in a time that does not tell where they differ. */
  public static boolean equal(Octets one, Octets other) {
    return java.security.MessageDigest.isEqual(one.toByteArray(), other.toByteArray());
  }
}
