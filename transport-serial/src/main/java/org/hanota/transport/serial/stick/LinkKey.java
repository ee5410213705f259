// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/** What a node shares with the stick before it joins. Its {@code toString} never shows a key. */
public sealed interface LinkKey {
  /** The node. */
  Eui64 address();

  /**
   * An install code, from which both ends make the key.
   *
   * @param code 16 octets and their CRC of two
   */
  record InstallCode(Eui64 address, Octets code) implements LinkKey {
    private static final int LENGTH = 18;
    private static final int CRC = 16;
    private static final int POLYNOMIAL = 0x8408;

    /** Checks the length and the CRC; sticks differ in whether they do. */
    public InstallCode {
      Width.range("code", code.length(), LENGTH, LENGTH);
      int found = code.at(CRC) | code.at(CRC + 1) << Byte.SIZE;
      if (found != crc(code)) {
        throw new IllegalArgumentException(
            "the CRC of the install code of "
                + address
                + " is not that of its 16 octets; allowed only the code that is printed on the"
                + " device or its papers, CRC included: read it again");
      }
    }

    private static int crc(Octets code) {
      int crc = Width.UINT16_MAX;
      for (int i = 0; i < CRC; i++) {
        crc ^= code.at(i);
        for (int bit = 0; bit < Byte.SIZE; bit++) {
          crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ POLYNOMIAL;
        }
      }
      return crc ^ Width.UINT16_MAX;
    }

    @Override
    public String toString() {
      return "install code of " + address;
    }
  }

  /**
   * A link key.
   *
   * @param key 16 octets
   */
  record Preconfigured(Eui64 address, Octets key) implements LinkKey {
    private static final int LENGTH = 16;

    /** Checks the length. */
    public Preconfigured {
      Width.range("key", key.length(), LENGTH, LENGTH);
    }

    @Override
    public String toString() {
      return "link key of " + address;
    }
  }
}
