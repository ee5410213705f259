// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/** What a node shares with the stick before it joins. Its {@code toString} never shows a key. */
public sealed interface LinkKey {
  /** The node. */
  Eui64 address();

  /** The command that makes the stick accept the node with it. */
  ZnpFrame addition();

  /**
   * An install code, from which both ends make the key.
   *
   * @param code 16 octets and their CRC of two
   */
  record InstallCode(Eui64 address, Octets code) implements LinkKey {
    private static final int FORMAT = 1;
    private static final int LENGTH = 18;

    /** Checks the length. */
    public InstallCode {
      Width.range("code", code.length(), LENGTH, LENGTH);
    }

    @Override
    public ZnpFrame addition() {
      return LinkKey.addition(FORMAT, address, code);
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
    private static final int FORMAT = 2;
    private static final int LENGTH = 16;

    /** Checks the length. */
    public Preconfigured {
      Width.range("key", key.length(), LENGTH, LENGTH);
    }

    @Override
    public ZnpFrame addition() {
      return LinkKey.addition(FORMAT, address, key);
    }

    /** The command for a node that has joined already. */
    public ZnpFrame setting(int shortAddress) {
      OctetWriter out = new OctetWriter(26).uint16le(shortAddress).int64le(address.value());
      return ZnpFrame.of(Command.ZDO_SET_LINK_KEY, out.octets(key));
    }

    @Override
    public String toString() {
      return "link key of " + address;
    }
  }

  private static ZnpFrame addition(int format, Eui64 address, Octets octets) {
    OctetWriter out = new OctetWriter(27).uint8(format).int64le(address.value());
    return ZnpFrame.of(Command.APP_CNF_BDB_ADD_INSTALLCODE, out.octets(octets));
  }
}
