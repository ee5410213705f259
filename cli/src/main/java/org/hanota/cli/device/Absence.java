// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.hanota.transport.grpc.HanEvent;

/** Says that a hub stays away, but not with every attempt. */
final class Absence {
  private static final int ATTEMPTS_PER_LINE = 10;

  private String lastReason = "";
  private int times;
  private final Set<String> refusals = new HashSet<>();

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

  /** What to say of a refusal, if it was not said yet. */
  synchronized Optional<String> line(HanEvent.Refused refused) {
    String words = "refused: " + refused.who() + ": " + refused.reason();
    return refusals.add(words) ? Optional.of(words) : Optional.empty();
  }

  /** The hub is there: its next absence is a new one. */
  synchronized void ended() {
    lastReason = "";
    refusals.clear();
  }
}
