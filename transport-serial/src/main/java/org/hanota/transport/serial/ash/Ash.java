// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ash;

import org.hanota.api.Octets;

/** The octets, the check and the scrambling of ASH. [Silicon Labs UG101] */
final class Ash {
  /** Ends a frame. */
  static final int FLAG = 0x7E;

  /** The next octet is flipped. */
  static final int ESCAPE = 0x7D;

  /** Go on sending; no data. */
  static final int XON = 0x11;

  /** Stop sending; no data. */
  static final int XOFF = 0x13;

  /** The octets before it are void: an octet was lost in the UART. */
  static final int SUBSTITUTE = 0x18;

  /** The octets before it are void. */
  static final int CANCEL = 0x1A;

  /** What an escape does to the octet behind it. */
  static final int FLIP = 0x20;

  /** The only version there is. */
  static final int VERSION = 2;

  private static final int CHECK_START = 0xFFFF;
  private static final int CHECK_POLYNOMIAL = 0x1021;
  private static final int SCRAMBLE_START = 0x42;
  private static final int SCRAMBLE_POLYNOMIAL = 0xB8;

  private Ash() {}

  static boolean isReserved(int octet) {
    return switch (octet) {
      case FLAG, ESCAPE, XON, XOFF, SUBSTITUTE, CANCEL -> true;
      default -> false;
    };
  }

  /** The CRC of two octets that stands behind control and data, high octet first. */
  static int check(Octets octets) {
    int check = CHECK_START;
    for (int i = 0; i < octets.length(); i++) {
      check ^= octets.at(i) << Byte.SIZE;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        check = (check & 0x8000) != 0 ? (check << 1) ^ CHECK_POLYNOMIAL : check << 1;
      }
      check &= 0xFFFF;
    }
    return check;
  }

  /** Scrambles data, or brings scrambled data back: no long runs of equal octets on the line. */
  static Octets scramble(Octets data) {
    byte[] array = data.toByteArray();
    int next = SCRAMBLE_START;
    for (int i = 0; i < array.length; i++) {
      array[i] ^= (byte) next;
      next = (next & 1) == 0 ? next >> 1 : (next >> 1) ^ SCRAMBLE_POLYNOMIAL;
    }
    return Octets.wrap(array);
  }
}
