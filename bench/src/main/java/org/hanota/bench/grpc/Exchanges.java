// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.grpc;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** So many exchanges, each device with one outstanding. */
final class Exchanges {
  private final AtomicInteger toBegin;
  private final AtomicInteger toEnd;
  private final CountDownLatch ended = new CountDownLatch(1);

  Exchanges(int count) {
    toBegin = new AtomicInteger(count);
    toEnd = new AtomicInteger(count);
  }

  /** Whether a device may begin another. */
  boolean begin() {
    return toBegin.getAndDecrement() > 0;
  }

  void end() {
    if (toEnd.decrementAndGet() == 0) {
      ended.countDown();
    }
  }

  void await() {
    try {
      ended.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
