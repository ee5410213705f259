// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.LinkKey;

/**
 * A command that gives the stick a key.
 *
 * @param command which
 * @param parameters its parameters
 */
record EzspKeys(EzspCommand command, OctetWriter parameters) {
  /** The link key that every node of Home Automation knows: "ZigBeeAlliance09". */
  static final Octets WELL_KNOWN = Octets.fromHex("5a6967426565416c6c69616e63653039");

  /** All nodes. */
  private static final Eui64 ANY = new Eui64(-1);

  /** Where there is room, or in the place of the same node's. */
  private static final int ANY_INDEX = 0xFF;

  /**
   * What the stick is told of a node's key: with an install code it may join; a key that stays is
   * kept for its messages as well.
   */
  static List<EzspKeys> of(LinkKey key, EzspVersion version) {
    List<EzspKeys> commands = new ArrayList<>();
    if (key instanceof LinkKey.InstallCode code) {
      commands.add(transientKey(key.address(), InstallCode.key(code.code()), version));
    } else if (key instanceof LinkKey.Preconfigured known) {
      commands.add(transientKey(key.address(), known.key(), version));
      OctetWriter out = new OctetWriter(25).uint8(ANY_INDEX).int64le(key.address().value());
      commands.add(new EzspKeys(EzspCommand.IMPORT_LINK_KEY, out.octets(known.key())));
    }
    return commands;
  }

  /** Any node may join with the key that all know. */
  static EzspKeys wellKnown(EzspVersion version) {
    return transientKey(ANY, WELL_KNOWN, version);
  }

  private static EzspKeys transientKey(Eui64 address, Octets key, EzspVersion version) {
    OctetWriter out = new OctetWriter(25).int64le(address.value()).octets(key);
    if (version.transientKeyFlags()) {
      out.uint8(0);
    }
    return new EzspKeys(EzspCommand.IMPORT_TRANSIENT_KEY, out);
  }
}
