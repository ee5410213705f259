// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

import org.hanota.api.transport.Frame;

/** Links that keep frames back for a while and then give all of them, in their order. */
public final class Hold implements LinkModel {
  private final Ends ends;
  private final Span span;
  private boolean healed;
  private long fired;

  /** Of these links, for that long. */
  public Hold(Ends ends, Span span) {
    this.ends = ends;
    this.span = span;
  }

  @Override
  public Verdict judge(long nanos, int from, int to, Frame frame) {
    if (healed || !span.includes(nanos) || !ends.include(from, to)) {
      return Verdict.DELIVER;
    }
    fired++;
    return Verdict.later(span.endNanos() - nanos);
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
