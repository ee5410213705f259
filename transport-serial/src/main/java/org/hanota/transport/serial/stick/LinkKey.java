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

    /** Checks the length. */
    public InstallCode {
      Width.range("code", code.length(), LENGTH, LENGTH);
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
