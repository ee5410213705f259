// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.planted;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Has a clock, a file and a random source of its own. */
public final class ReadsTheClock {
  private ReadsTheClock() {}

  /** What no machine may do. */
  public static long act(Path path) {
    return System.currentTimeMillis() + new Random(1).nextInt() + (Files.exists(path) ? 1 : 0);
  }
}
