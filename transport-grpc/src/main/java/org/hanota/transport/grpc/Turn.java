// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what of one message is still to be dealt with, so that the next is asked for then. */
final class Turn {
  private final Link link;

  /** The message itself and each callback that was begun. */
  private final AtomicInteger left = new AtomicInteger(1);

  Turn(Link link) {
    this.link = link;
  }

  /** Whether one of its frames has found no room already; only touched where it is dealt with. */
  private boolean delayed;

  /** Whether this is the first of its frames for which there is no room. */
  boolean delays() {
    boolean first = !delayed;
    delayed = true;
    return first;
  }

  /** One more callback belongs to this message. */
  void begin() {
    left.incrementAndGet();
  }

  /** A callback has returned, or all of the message has been read. */
  void end() {
    if (left.decrementAndGet() == 0) {
      link.dealt();
    }
  }
}
