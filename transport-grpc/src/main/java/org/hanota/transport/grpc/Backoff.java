// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.time.Duration;
import org.hanota.api.SeededRandom;

/**
 * Pauses between attempts to connect: each about twice as long as the one before, half of it drawn,
 * so that the devices of a hub that comes back do not all come at once.
 */
final class Backoff {
  private final SeededRandom random;
  private final long firstMs;
  private final long longestMs;
  private int attempts;

  Backoff(SeededRandom random, GrpcLimits limits) {
    this.random = random;
    this.firstMs = limits.millis(GrpcParameter.RECONNECT);
    this.longestMs = limits.millis(GrpcParameter.RECONNECT_MAXIMUM);
  }

  /** The pause before the next attempt. */
  Duration next() {
    long whole = Math.min(longestMs, firstMs << Math.min(attempts, 20));
    attempts++;
    return Duration.ofMillis(whole / 2 + random.belowLong(whole / 2 + 1));
  }

  /** Attempts since the last success. */
  int attempts() {
    return attempts;
  }

  /** An attempt succeeded. */
  void succeeded() {
    attempts = 0;
  }
}
