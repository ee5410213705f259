// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.hanota.api.Octets;

/** The link key that both ends make of an install code: its hash. [ZigBee B.6] */
final class InstallCode {
  private static final int BLOCK = 16;
  private static final int LENGTH_OCTETS = 2;

  private InstallCode() {}

  /** The hash of Matyas, Meyer and Oseas over AES-128, of a code with its CRC. */
  static Octets key(Octets code) {
    int bits = code.length() * Byte.SIZE;
    int whole = (code.length() + 1 + LENGTH_OCTETS + BLOCK - 1) / BLOCK * BLOCK;
    byte[] padded = new byte[whole];
    code.copyTo(padded, 0);
    padded[code.length()] = (byte) 0x80;
    padded[whole - 2] = (byte) (bits >> Byte.SIZE);
    padded[whole - 1] = (byte) bits;
    byte[] hash = new byte[BLOCK];
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      for (int at = 0; at < whole; at += BLOCK) {
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(hash, "AES"));
        hash = cipher.doFinal(padded, at, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
          hash[i] ^= padded[at + i];
        }
      }
    } catch (GeneralSecurityException absent) {
      throw new AssertionError("every Java has AES", absent);
    }
    return Octets.wrap(hash);
  }
}
