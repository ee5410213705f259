// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.LinkKey;

/** The commands that give the stick what it shares with a node. */
final class KeyCommands {
  private static final int FORMAT_INSTALL_CODE = 1;
  private static final int FORMAT_KEY = 2;

  private KeyCommands() {}

  /** The stick accepts the node with it. */
  static ZnpFrame addition(LinkKey key) {
    if (key instanceof LinkKey.InstallCode code) {
      return addition(FORMAT_INSTALL_CODE, code.address(), code.code());
    } else if (key instanceof LinkKey.Preconfigured known) {
      return addition(FORMAT_KEY, known.address(), known.key());
    }
    throw new AssertionError(key);
  }

  private static ZnpFrame addition(int format, Eui64 address, Octets octets) {
    OctetWriter out = new OctetWriter(27).uint8(format).int64le(address.value());
    return ZnpFrame.of(Command.APP_CNF_BDB_ADD_INSTALLCODE, out.octets(octets));
  }

  /** For a node that has joined already. */
  static ZnpFrame setting(LinkKey.Preconfigured key, int shortAddress) {
    OctetWriter out = new OctetWriter(26).uint16le(shortAddress).int64le(key.address().value());
    return ZnpFrame.of(Command.ZDO_SET_LINK_KEY, out.octets(key.key()));
  }
}
