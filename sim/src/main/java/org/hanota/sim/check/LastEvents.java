// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclFrame;
import org.hanota.sim.link.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What one device sent, got and did last, kept as it is: it becomes text only when something does
 * not hold.
 */
final class LastEvents {
  private static final int KEPT = 24;
  private static final int WIDTH = 140;

  private final String name;
  private final long[] nanos = new long[KEPT];
  private final @Nullable Object[] events = new Object[KEPT];
  private final @Nullable Outcome[] outcomes = new Outcome[KEPT];
  private final boolean[] toDevice = new boolean[KEPT];
  private int next;

  LastEvents(String name) {
    this.name = name;
  }

  void event(long at, Object event) {
    keep(at, event, null, false);
  }

  void frame(long at, boolean comes, Frame frame, Outcome outcome) {
    keep(at, frame, outcome, comes);
  }

  private void keep(long at, Object event, @Nullable Outcome outcome, boolean comes) {
    nanos[next] = at;
    events[next] = event;
    outcomes[next] = outcome;
    toDevice[next] = comes;
    next = (next + 1) % KEPT;
  }

  /** A line for each, the oldest first. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    ZclCodec codec = new ZclCodec();
    for (int i = 0; i < KEPT; i++) {
      int at = (next + i) % KEPT;
      Object event = events[at];
      if (event != null) {
        String text = text(codec, event, outcomes[at], toDevice[at]);
        String cut = text.length() > WIDTH ? text.substring(0, WIDTH) + "..." : text;
        lines.add(String.format(Locale.ROOT, "%16.9f s  %s", nanos[at] / 1e9, cut));
      }
    }
    return lines;
  }

  private String text(ZclCodec codec, Object event, @Nullable Outcome outcome, boolean comes) {
    if (!(event instanceof Frame frame)) {
      return name + ": " + event;
    }
    String arrow = comes ? "hub -> " + name : name + " -> hub";
    String what =
        ZclFrame.lacksHeader(frame.zcl())
            ? frame.zcl().toHex()
            : codec.decode(frame.clusterId(), frame.zcl()).toString();
    return arrow + (outcome == Outcome.DELIVERED ? ": " : " (" + outcome + "): ") + what;
  }
}
