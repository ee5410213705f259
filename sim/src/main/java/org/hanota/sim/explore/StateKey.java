// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.List;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;

/**
 * A node's state as a text in which times are relative to now and frames are counted back from the
 * last one, so that what has the same future is the same.
 */
public class StateKey implements StateWriter {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * Longer than any limit of a hub or a device in these models: what is longer ago is long ago, or
   * a node at rest would never come round to itself.
   */
  private static final long LONG_AGO_MILLIS = 100L * 24 * 3600 * 1_000;

  private static final long MILLIS_PER_SECOND = 1_000;

  private final StringBuilder text = new StringBuilder(1024);
  private Now now = new Now(0, Now.UTC_UNKNOWN);
  private List<Long> sent = List.of();
  private int nextSequence;

  /** Nothing is written yet. */
  public StateKey() {}

  final void begin(Now present, List<Long> frames, int sequence) {
    text.setLength(0);
    now = present;
    sent = frames;
    nextSequence = sequence;
    // What is rounded to milliseconds or seconds depends on where in them now lies.
    text.append(present.monotonicNanos() % NANOS_PER_MILLI)
        .append(' ')
        .append(present.utcMillis() % MILLIS_PER_SECOND);
  }

  final String text() {
    return text.toString();
  }

  @Override
  public StateWriter put(String name, Object value) {
    text.append('\n').append(name).append(": ").append(value);
    return this;
  }

  @Override
  public StateWriter putNanos(String name, long monotonicNanos) {
    return monotonicNanos == Long.MAX_VALUE || monotonicNanos == Long.MIN_VALUE
        ? put(name, "never")
        : put(
            name,
            Math.max(monotonicNanos - now.monotonicNanos(), -LONG_AGO_MILLIS * NANOS_PER_MILLI));
  }

  @Override
  public StateWriter putUtc(String name, long utcMillis) {
    return utcMillis == Now.UTC_UNKNOWN
        ? put(name, "unknown")
        : put(name, Math.max(utcMillis - now.utcMillis(), -LONG_AGO_MILLIS));
  }

  @Override
  public StateWriter putSent(String name, long sendId) {
    int place = sent.lastIndexOf(sendId);
    return place < 0
        ? put(name, "none")
        : put(name, sent.size() - place).put("sequence", (nextSequence - sendId) & 0xFF);
  }
}
