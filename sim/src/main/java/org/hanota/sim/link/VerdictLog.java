// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.api.transport.Frame;

/**
 * Verdicts as lines of text: what links did in a run can be kept, cut down by hand and done again
 * without the models and seeds that it came from. What went well has no line; a line names the
 * number of the question, the nodes and the answer.
 */
public final class VerdictLog {
  private static final String SIGNAL = "signal";
  private static final String FRAME = "frame";

  private VerdictLog() {}

  /** Another frame went over the links than when the verdicts were recorded. */
  public static final class Differs extends AssertionError {
    private static final long serialVersionUID = 1L;

    Differs(String found, String recorded) {
      super("the links are asked about " + found + ", recorded is " + recorded);
    }
  }

  private static String question(long number, String what, int from, int to) {
    return number + " " + what + " " + from + " " + to;
  }

  /** Passes on what other models say, and keeps it. */
  public static final class Recorded implements LinkModel {
    private final LinkModel links;
    private final List<String> lines = new ArrayList<>();
    private long number;

    /** Keeps what {@code links} say. */
    public Recorded(LinkModel links) {
      this.links = links;
    }

    /** What was said so far. */
    public List<String> lines() {
      return List.copyOf(lines);
    }

    @Override
    public Signal carry(long nanos, int from, int to, Kind kind) {
      Signal signal = links.carry(nanos, from, to, kind);
      number++;
      if (signal != Signal.WHOLE) {
        lines.add(question(number, SIGNAL, from, to) + " " + signal);
      }
      return signal;
    }

    @Override
    public Verdict judge(long nanos, int from, int to, Frame frame) {
      Verdict verdict = links.judge(nanos, from, to, frame);
      number++;
      if (!verdict.equals(Verdict.DELIVER)) {
        lines.add(question(number, FRAME, from, to) + " " + text(verdict));
      }
      return verdict;
    }

    private static String text(Verdict verdict) {
      return (verdict.isLost() ? "lost" : "comes")
          + " "
          + verdict.delayNanos()
          + (verdict.repeats() ? " twice" : " once")
          + verdict.changed().map(octets -> " " + octets.toHex()).orElse("");
    }

    @Override
    public void pollFast(long nanos, int node, boolean wanted) {
      links.pollFast(nanos, node, wanted);
    }

    @Override
    public void heal() {
      links.heal();
    }

    @Override
    public long fired() {
      return links.fired();
    }
  }

  /** Says again what was recorded. */
  public static final class Replayed implements LinkModel {
    private final Iterator<String> lines;
    private String next = "";
    private long number;
    private long fired;

    /** Reads these lines, in their order. */
    public Replayed(Iterable<String> lines) {
      this.lines = lines.iterator();
      read();
    }

    private void read() {
      next = lines.hasNext() ? lines.next() : "";
    }

    /** The answer to this question; empty if all went well. */
    private Optional<String[]> answer(String what, int from, int to) {
      number++;
      if (!next.startsWith(number + " ")) {
        return Optional.empty();
      }
      String question = question(number, what, from, to) + " ";
      if (!next.startsWith(question)) {
        throw new Differs(question.strip(), next);
      }
      String[] answer = next.substring(question.length()).split(" ", -1);
      fired++;
      read();
      return Optional.of(answer);
    }

    @Override
    public Signal carry(long nanos, int from, int to, Kind kind) {
      return answer(SIGNAL, from, to).map(answer -> Signal.valueOf(answer[0])).orElse(Signal.WHOLE);
    }

    @Override
    public Verdict judge(long nanos, int from, int to, Frame frame) {
      return answer(FRAME, from, to).map(Replayed::verdict).orElse(Verdict.DELIVER);
    }

    private static Verdict verdict(String[] answer) {
      return new Verdict(
          answer[0].equals("lost"),
          Long.parseLong(answer[1]),
          answer[2].equals("twice"),
          answer.length > 3 ? Optional.of(Octets.fromHex(answer[3])) : Optional.empty());
    }

    /** The run has ended: nothing is left that was recorded. */
    public void end() {
      if (!next.isEmpty()) {
        throw new Differs("nothing more", next);
      }
    }

    @Override
    public long fired() {
      return fired;
    }
  }
}
