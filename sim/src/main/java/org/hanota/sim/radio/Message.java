// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.transport.Frame;
import org.hanota.sim.link.Verdict;
import org.jspecify.annotations.Nullable;

/** A frame that a node sends, in as many pieces as it takes on the air. */
final class Message {
  final int from;
  final int to;
  final long sendId;
  final Frame frame;
  final int fragments;

  /** What the links do to it on its way to its receiver. */
  private final Verdict verdict;

  /** The same of one that is for all, by receiver. */
  private @Nullable Map<Integer, Verdict> verdicts;

  /** Whether it is traffic of the world around the nodes, which no node hears. */
  final boolean isBackground;

  /** How often its sender had lost its power when it was sent. */
  final int generation;

  final long givenNanos;

  /** When it was first on the air; negative before that. */
  long firstNanos = -1;

  Fate fate = Fate.DELIVERED;
  private int arrived;
  private int ended;

  Message(
      int from,
      int to,
      long sendId,
      Frame frame,
      int fragments,
      Verdict verdict,
      boolean isBackground,
      int generation,
      long givenNanos) {
    this.from = from;
    this.to = to;
    this.sendId = sendId;
    this.frame = frame;
    this.fragments = fragments;
    this.verdict = verdict;
    this.isBackground = isBackground;
    this.generation = generation;
    this.givenNanos = givenNanos;
  }

  /** A piece of it. */
  record Piece(Message message, int fragment) {}

  /** What the links do to it on its way to one of all. */
  void judge(int receiver, Verdict of) {
    Map<Integer, Verdict> each = verdicts;
    if (each == null) {
      each = new TreeMap<>();
      verdicts = each;
    }
    each.put(receiver, of);
  }

  Verdict verdict(int receiver) {
    return verdicts == null ? verdict : verdicts.getOrDefault(receiver, verdict);
  }

  /** A piece came; returns whether the whole is there now. A broadcast is one piece for each. */
  boolean arrives() {
    arrived++;
    return to == Channel.ALL || arrived == fragments;
  }

  boolean hasArrived() {
    return arrived >= fragments;
  }

  /** The radio is done with a piece; returns whether it is with the whole. */
  boolean ends(Fate how) {
    fate = fate == Fate.DELIVERED ? how : fate;
    ended++;
    return ended == fragments;
  }
}
