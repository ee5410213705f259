// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.util.Optional;
import org.hanota.transport.grpc.HanEvent;

/** Says that a hub stays away, but not with every attempt. */
final class Absence {
  private static final int ATTEMPTS_PER_LINE = 10;

  private String lastReason = "";
  private int times;

  /** What to say of an attempt that failed, if anything. */
  synchronized Optional<String> line(HanEvent.Disconnected attempt) {
    times = attempt.reason().equals(lastReason) ? times + 1 : 0;
    lastReason = attempt.reason();
    return times % ATTEMPTS_PER_LINE == 0
        ? Optional.of(
            "no connection to "
                + attempt.remote()
                + ": "
                + attempt.reason()
                + (times == 0 ? "" : " (" + times + " more attempts)"))
        : Optional.empty();
  }

  /** The hub is there: its next absence is a new one. */
  synchronized void ended() {
    lastReason = "";
  }
}
