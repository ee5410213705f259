// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.List;
import java.util.Locale;

/** Something happened that must never happen: a fault of ours, found by the simulation. */
public final class InvariantViolated extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final String invariant;
  private final long nanos;
  private final transient List<String> lastEvents;

  InvariantViolated(String invariant, String what, long seed, long nanos, List<String> lastEvents) {
    super(
        String.format(
            Locale.ROOT,
            "%s does not hold with seed %d at %.9f s: %s",
            invariant,
            seed,
            nanos / 1e9,
            what));
    this.invariant = invariant;
    this.nanos = nanos;
    this.lastEvents = List.copyOf(lastEvents);
  }

  /** Which invariant of the design. */
  public String invariant() {
    return invariant;
  }

  /** The virtual time. */
  public long nanos() {
    return nanos;
  }

  /** What the node sent, got and did before, a line for each, the last one last. */
  public List<String> lastEvents() {
    return lastEvents;
  }

  /** All of it for people: the violation, what was before it, and how to see it again. */
  public String report(String replay) {
    StringBuilder text = new StringBuilder();
    lastEvents.forEach(line -> text.append(line).append(System.lineSeparator()));
    return text
        + getMessage()
        + System.lineSeparator()
        + "This is a fault of hanota. replay: "
        + replay;
  }
}
