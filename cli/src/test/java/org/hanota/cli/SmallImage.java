// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;

/** Images that are transferred in moments. */
public final class SmallImage {
  private static final int HEADERS = 62;

  /** Element header and code. */
  private static final int CODE = 22;

  private SmallImage() {}

  /** A file of that many octets, header included, whose content is random. */
  public static Octets of(int size) {
    return of(0x5678, size, size);
  }

  /** As {@link #of(int)}, of this image type, with a content that the seed decides. */
  public static Octets of(int imageType, int size, int seed) {
    return file(imageType, size, size - HEADERS, seed).toOctets();
  }

  /** As {@link #of(int, int, int)}, and an integrity code at its end is wrong. */
  public static Octets withWrongIntegrityCode(int imageType, int size, int seed) {
    OctetWriter out = file(imageType, size, size - HEADERS - CODE, seed);
    return out.uint16le(3).uint32le(CODE - 6).octets(Octets.wrap(new byte[CODE - 6])).toOctets();
  }

  private static OctetWriter file(int imageType, int size, int content, int seed) {
    OctetWriter out = new OctetWriter(size);
    out.uint32le(0x0BEEF11EL).uint16le(0x0100).uint16le(56).uint16le(0);
    out.uint16le(0x1002).uint16le(imageType).uint32le(2).uint16le(2);
    out.octets(Octets.wrap(new byte[32])).uint32le(size);
    out.uint16le(0).uint32le(content);
    return out.octets(SeededRandom.of(seed, 0, 0).octets(content));
  }
}
