// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import org.hanota.api.Width;

/**
 * The file that each device gets.
 *
 * @param octets its size, headers and signature included
 * @param maximumDataSize octets of a block [ZCL 11.13.6]
 */
public record FleetImage(long octets, int maximumDataSize) {
  /** Octets of data in a frame that no fragmentation divides. */
  public static final int DATA_MAXIMUM = 65;

  /** A file has at least its header and an element; what a block carries fits one frame. */
  public FleetImage {
    FleetScenario.check("octets", octets, 200, Width.UINT32_MAX);
    FleetScenario.check("maximumDataSize", maximumDataSize, 1, DATA_MAXIMUM);
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
