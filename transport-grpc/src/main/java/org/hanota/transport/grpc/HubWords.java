// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Eui64;
import org.hanota.api.transport.FairTurns;

/**
 * What hubs say, one word at a time: hubs take turns by the time that their words took, so that one
 * that talks without end delays the others by no more than the word that is dealt with now.
 */
final class HubWords {
  /** Of one hub: its stream is read on only after a word, so more come of its earlier streams. */
  private static final int OF_ONE_HUB = 16;

  private final GrpcHeadEnd.Hubs hubs;
  private final ScheduledExecutorService thread;
  private final long patienceMs;
  private final FairTurns<Eui64, Said> turns = new FairTurns<>(OF_ONE_HUB);

  /** The word that is dealt with now; each has a number of its own. */
  private long current;

  private long numbers;
  private long beganNanos;
  private Runnable dealt = () -> {};

  /** A word, and what comes once it was dealt with. */
  private record Said(Eui64 hub, HubWord word, Runnable dealt) {}

  /**
   * Nobody has said anything.
   *
   * @param thread where all of it happens
   */
  HubWords(GrpcHeadEnd.Hubs hubs, GrpcLimits limits, ScheduledExecutorService thread) {
    this.hubs = hubs;
    this.thread = thread;
    this.patienceMs = limits.millis(GrpcParameter.RESULT_DEADLINE);
  }

  /**
   * A hub says something.
   *
   * @param after comes once it was dealt with, or was dropped: what counts a hub says again
   */
  void post(Eui64 hub, HubWord word, Runnable after) {
    later(
        () -> {
          if (!turns.offer(hub, new Said(hub, word, after))) {
            after.run();
          }
          next();
        });
  }

  private void later(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException ends) {
      // Nobody listens any more.
    }
  }

  private void next() {
    if (current != 0) {
      return;
    }
    Optional<Said> taken = turns.next();
    if (taken.isEmpty()) {
      return;
    }
    Said said = taken.get();
    long number = ++numbers;
    current = number;
    beganNanos = System.nanoTime();
    dealt = said.dealt();
    // A head end that fails over a word starts anew; the others are not kept waiting for it.
    var unused = thread.schedule(() -> ended(number), patienceMs, TimeUnit.MILLISECONDS);
    hubs.said(said.hub(), said.word(), () -> later(() -> ended(number)));
  }

  private void ended(long number) {
    if (current == number) {
      current = 0;
      turns.charge(System.nanoTime() - beganNanos);
      dealt.run();
      next();
    }
  }
}
