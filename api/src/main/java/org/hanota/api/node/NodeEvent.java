// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import java.util.Optional;
import org.hanota.api.machine.Event;

/** What a driver says of the node that it drives. */
public sealed interface NodeEvent extends Event {
  /**
   * A call of the machine, one of its jobs, or something that they called ended with an exception.
   * Nothing that the call wanted was done; the machine is made anew from its storage.
   *
   * @param cause what was thrown
   * @param inARow how many failures there were with no {@linkplain
   *     NodeTiming#failureBackOffMaximumNanos long enough} quiet time between them, this one
   *     included
   * @param restartAfterNanos when it starts again
   */
  record Failed(Throwable cause, int inARow, long restartAfterNanos) implements NodeEvent {
    @Override
    public Optional<Throwable> thrown() {
      return Optional.of(cause);
    }

    @Override
    public String toString() {
      return "the node failed ("
          + cause
          + "), failure "
          + inARow
          + " in a row; it starts again after "
          + restartAfterNanos / 1_000_000
          + " ms";
    }
  }
}
