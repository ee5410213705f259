// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.time.Instant;
import java.util.Optional;

/**
 * When a device or the DCC shall act on a request.
 *
 * @param at the time, or empty for at once
 */
public record ExecutionDateTime(Optional<Instant> at) {
  /** At once. */
  public static final ExecutionDateTime NOW = new ExecutionDateTime(Optional.empty());

  /** The time that takes back what was asked for before. [DUIS schema] */
  public static final ExecutionDateTime CANCEL = at(Instant.parse("3000-12-31T00:00:00Z"));

  /** At that time. */
  public static ExecutionDateTime at(Instant time) {
    return new ExecutionDateTime(Optional.of(time));
  }

  /** Whether it takes back what was asked for before. */
  public boolean cancels() {
    return equals(CANCEL);
  }
}
