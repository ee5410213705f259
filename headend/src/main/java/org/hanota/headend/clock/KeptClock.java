// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.clock;

import java.util.Optional;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;

/**
 * What outlives a restart of a machine's time of day, in Unix time in milliseconds. [hanota H130]
 *
 * @param trusted the time that the machine acted by
 * @param doubted the least that the clock showed ahead of it while it was doubted; empty if it was
 *     not
 */
public record KeptClock(long trusted, Optional<Long> doubted) implements Stored {
  /** Of each machine that keeps something. */
  public static final RecordKinds KINDS = RecordKinds.none().and("clock", KeptClock.class);

  /** How far the clock was ahead at least, in milliseconds; 0 if it was not doubted. */
  long ahead() {
    return doubted.orElse(trusted) - trusted;
  }

  @Override
  public String key() {
    return "clock";
  }
}
