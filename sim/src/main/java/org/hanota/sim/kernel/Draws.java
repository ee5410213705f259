// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * Hears the draws of a home's random streams, in their order. Two runs that draw the same numbers
 * for the same purposes in the same order are the same run, and where they part, the code that
 * draws is at fault or has just been misled.
 */
@FunctionalInterface
public interface Draws {
  /** A stream gave a number. */
  void drawn(String stream, long value);

  /** A draw as one line: the number and the stream that gave it. */
  static String line(String stream, long value) {
    return String.format(Locale.ROOT, "%016x %s", value, stream);
  }

  /** Keeps the draws of a run, a line for each. */
  final class Recorded implements Draws {
    private final List<String> lines = new ArrayList<>();

    /** Begins empty. */
    public Recorded() {}

    @Override
    public void drawn(String stream, long value) {
      lines.add(line(stream, value));
    }

    /** What was drawn so far. */
    public List<String> lines() {
      return List.copyOf(lines);
    }
  }

  /** Compares the draws of a run with those of another, and fails at the first that differs. */
  final class Compared implements Draws {
    private final Iterator<String> expected;
    private long number;

    /** Compares with these lines, in their order. */
    public Compared(Iterator<String> expected) {
      this.expected = expected;
    }

    @Override
    public void drawn(String stream, long value) {
      number++;
      String found = line(stream, value);
      String before = expected.hasNext() ? expected.next() : "the end";
      if (!found.equals(before)) {
        throw new DrawsDiffer(number, found, before);
      }
    }

    /** The run has ended: the other drew no more than this one. */
    public void end() {
      if (expected.hasNext()) {
        throw new DrawsDiffer(number + 1, "the end", expected.next());
      }
    }
  }

  /** Two runs that should be the same are not. Its stack names the code that drew. */
  final class DrawsDiffer extends AssertionError {
    private static final long serialVersionUID = 1L;

    DrawsDiffer(long number, String found, String before) {
      super("draw " + number + " is " + found + ", in the other run it is " + before);
    }
  }
}
