// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what other processes do. */
final class Patience {
  private static final long SECONDS = 240;

  private Patience() {}

  /** Something that may not be there yet. */
  interface Look<T> {
    Optional<T> now();
  }

  /**
   * Waits until it is there.
   *
   * @param known what a person needs who is told that it never came
   */
  static <T> T await(String what, Look<T> look, Supplier<String> known) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() - end < 0) {
      Optional<T> found = look.now();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError("never: " + what + "\n" + known.get());
  }
}
