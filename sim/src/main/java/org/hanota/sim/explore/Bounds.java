// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import org.hanota.api.Width;

/**
 * How far to go.
 *
 * @param faults lost, repeated, overtaking and late frames, lost acknowledgements and power cuts,
 *     at most so many on one way
 * @param maximumStates found states, then the exploration stops
 */
public record Bounds(int faults, int maximumStates) {
  /** Enough memory for so many states is a few gigabytes. */
  private static final int STATES_MAX = 100_000_000;

  private static final int FAULTS_MAX = 16;

  /** Checks the numbers. */
  public Bounds {
    Width.range("faults", faults, 0, FAULTS_MAX);
    Width.range("maximumStates", maximumStates, 1, STATES_MAX);
  }
}
