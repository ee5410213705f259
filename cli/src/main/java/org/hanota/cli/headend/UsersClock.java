// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hanota.headend.clock.ClockEvent;
import org.jspecify.annotations.Nullable;

/**
 * The time with which a DCC compares what users sign: while it doubts its clock, the one that it
 * acts by, so that users are answered meanwhile. For any thread. [hanota H130]
 */
final class UsersClock implements InstantSource {
  private final InstantSource clock;
  private final LongSupplier nanos;
  private volatile @Nullable Doubt doubt;

  /** What the DCC acted by, and when. */
  private record Doubt(long utcMillis, long nanos) {}

  /** A clock that nobody doubts yet. */
  UsersClock(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
  }

  /** The DCC's machine has said what it thinks of its clock. */
  void heard(ClockEvent event) {
    doubt =
        event instanceof ClockEvent.Doubted doubted
            ? new Doubt(doubted.usedUtcMillis(), nanos.getAsLong())
            : null;
  }

  /** This process does not act: nobody judges its clock. */
  void rests() {
    doubt = null;
  }

  @Override
  public Instant instant() {
    Doubt now = doubt;
    return now == null
        ? clock.instant()
        : Instant.ofEpochMilli(
            now.utcMillis() + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - now.nanos()));
  }
}
