// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;

/** Images that are transferred in moments. */
public final class SmallImage {
  private static final int HEADERS = 62;

  private SmallImage() {}

  /** A file of that many octets, header included, whose content is random. */
  public static Octets of(int size) {
    OctetWriter out = new OctetWriter(size);
    out.uint32le(0x0BEEF11EL).uint16le(0x0100).uint16le(56).uint16le(0);
    out.uint16le(0x1002).uint16le(0x5678).uint32le(2).uint16le(2);
    out.octets(Octets.wrap(new byte[32])).uint32le(size);
    out.uint16le(0).uint32le(size - HEADERS);
    return out.octets(SeededRandom.of(size, 0, 0).octets(size - HEADERS)).toOctets();
  }
}
