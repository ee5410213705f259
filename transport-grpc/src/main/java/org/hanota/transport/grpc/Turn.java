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

  /** A callback will be made. */
  void begin() {
    left.incrementAndGet();
  }

  /** A callback was made, or the message itself was gone through. */
  void end() {
    if (left.decrementAndGet() == 0) {
      link.dealt();
    }
  }
}
