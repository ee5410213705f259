// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.transport.planted;

import org.hanota.api.SeededRandom;

/** A transport that loses frames at random, for a test that finds it. */
public final class DrawsFaults {
  private DrawsFaults() {}

  /** Whether it loses the next frame. */
  public static boolean loses(SeededRandom random) {
    return random.chance(0.5);
  }
}
