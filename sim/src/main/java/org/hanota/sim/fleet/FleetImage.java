// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Width;

/**
 * The file that each device gets.
 *
 * @param octets its size, headers and signature included
 * @param maximumDataSize octets of a block [ZCL 11.13.6]
 * @param parts files in which it goes, one after the other; equally long, to an octet
 */
public record FleetImage(long octets, int maximumDataSize, int parts) {
  /** Octets of data in a frame that no fragmentation divides. */
  public static final int DATA_MAXIMUM = 65;

  private static final int OCTETS_MINIMUM = 200;
  private static final int PARTS_MAXIMUM = 100;

  /** A file has at least its header and an element; what a block carries fits one frame. */
  public FleetImage {
    FleetScenario.check("octets", octets, OCTETS_MINIMUM, Width.UINT32_MAX);
    FleetScenario.check("maximumDataSize", maximumDataSize, 1, DATA_MAXIMUM);
    FleetScenario.check("parts", parts, 1, Math.min(PARTS_MAXIMUM, octets / OCTETS_MINIMUM));
  }

  /** One file. */
  public FleetImage(long octets, int maximumDataSize) {
    this(octets, maximumDataSize, 1);
  }

  /** The files in which it goes, in their order. */
  public List<FleetImage> files() {
    List<FleetImage> files = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      long before = octets * i / parts;
      files.add(new FleetImage(octets * (i + 1) / parts - before, maximumDataSize));
    }
    return files;
  }

  /** Blocks of the file, each of which is asked for. */
  public long blocks() {
    return (octets + maximumDataSize - 1) / maximumDataSize;
  }

  /** Octets of the last block. */
  public int lastBlockOctets() {
    return (int) (octets - (blocks() - 1) * maximumDataSize);
  }
}
