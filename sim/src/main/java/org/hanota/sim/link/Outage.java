// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

/** Links that carry nothing for a while; of one direction only, it is an asymmetric partition. */
public final class Outage implements LinkModel {
  private final Ends ends;
  private final Span span;
  private boolean healed;
  private long fired;

  /** Of these links, for that long. */
  public Outage(Ends ends, Span span) {
    this.ends = ends;
    this.span = span;
  }

  @Override
  public Signal carry(long nanos, int from, int to, Kind kind) {
    if (healed || !span.includes(nanos) || !ends.include(from, to)) {
      return Signal.WHOLE;
    }
    fired++;
    return Signal.LOST;
  }

  @Override
  public void heal() {
    healed = true;
  }

  @Override
  public long fired() {
    return fired;
  }
}
