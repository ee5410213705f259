// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hanota.api.Eui64;

/** Keeps counters as long as it lives: for simulations, which keep it over a device's restarts. */
public final class InMemoryCounterStore implements CounterStore {
  private final SortedMap<Eui64, Long> counters = new TreeMap<>();

  /** A store without counters. */
  public InMemoryCounterStore() {}

  @Override
  public OptionalLong last(Eui64 originator) {
    Long counter = counters.get(originator);
    return counter == null ? OptionalLong.empty() : OptionalLong.of(counter);
  }

  @Override
  public void store(Eui64 originator, long counter) {
    counters.put(originator, counter);
  }
}
