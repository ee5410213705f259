// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;

/**
 * What {@link Machine#describe} promises, tried out: two histories of a machine that end in the
 * same description have one future. Histories are drawn; where a second one ends as another did,
 * both go on with the same steps and have to do the same.
 *
 * @param <W> a machine with its storage, clock and all that a step may change
 */
public final class SameDescription<W> {
  /** Each step is drawn as often as it stands here. */
  private final List<Step<W>> steps = new ArrayList<>();

  private final Supplier<Subject<W>> made;

  /** Fields that a planted fault leaves out. */
  private final Set<String> left = new TreeSet<>();

  /** One thing that may happen. */
  private record Step<W>(String name, Consumer<W> what) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A machine under test. */
  public interface Subject<W> {
    /** What the steps act on. */
    W world();

    /** Describes the machine and what is stored, and what the test itself holds. */
    void describe(Relative out);

    /** What the machine did since the last call, with times relative to now. */
    String done();

    /** The time now, as the machine is shown it. */
    Now now();

    /** The frames to which a step may answer, the latest last; none if no step does. */
    default List<Long> sent() {
      return List.of();
    }
  }

  /** Writes times relative to now. */
  public static final class Relative implements StateWriter {
    private final StringBuilder text = new StringBuilder();
    private final Now now;
    private final List<Long> sent;
    private final Set<String> left;

    Relative(Now now, List<Long> sent, Set<String> left) {
      this.now = now;
      this.sent = sent;
      this.left = left;
    }

    @Override
    public StateWriter put(String name, Object value) {
      if (!left.contains(name)) {
        text.append(name).append(": ").append(value).append('\n');
      }
      return this;
    }

    @Override
    public StateWriter putNanos(String name, long nanos) {
      boolean isNone = nanos == Long.MAX_VALUE || nanos == Long.MIN_VALUE;
      return put(name, isNone ? "never" : nanos - now.monotonicNanos());
    }

    @Override
    public StateWriter putUtc(String name, long utcMillis) {
      // Relative to the running time: the clock of a test may be unset, or step.
      return utcMillis == Now.UTC_UNKNOWN
          ? put(name, "unknown")
          : put(name, utcMillis - now.monotonicNanos() / 1_000_000);
    }

    @Override
    public StateWriter putSent(String name, long sendId) {
      int place = sent.lastIndexOf(sendId);
      return put(name, sendId == 0 ? "none" : place < 0 ? "some" : sent.size() - place);
    }
  }

  /** Nothing may happen yet. */
  public SameDescription(Supplier<Subject<W>> made) {
    this.made = made;
  }

  /** Also this may happen. */
  public SameDescription<W> step(String name, Consumer<W> what) {
    steps.add(new Step<>(name, what));
    return this;
  }

  /** A planted fault: the machine does not describe these. */
  public SameDescription<W> leavesOut(String... fields) {
    left.addAll(List.of(fields));
    return this;
  }

  /**
   * Draws histories.
   *
   * @return how many pairs went on alike
   */
  public int search(long seed, int histories, int longest, int further) {
    SeededRandom random = SeededRandom.of(seed, 0, 0);
    Map<String, List<Step<W>>> known = new HashMap<>();
    int compared = 0;
    for (int i = 0; i < histories; i++) {
      Subject<W> subject = made.get();
      List<Step<W>> history = new ArrayList<>();
      for (int n = 0; n < longest; n++) {
        Step<W> step = draw(random);
        step.what().accept(subject.world());
        history.add(step);
        List<Step<W>> other = known.putIfAbsent(state(subject), List.copyOf(history));
        // Not at the first chance: most short histories end alike, and long ones are wanted too.
        if (other != null && !other.equals(history) && random.chance(0.2)) {
          goOn(random, subject, history, other, further);
          compared++;
          break;
        }
      }
    }
    return compared;
  }

  private Step<W> draw(SeededRandom random) {
    return steps.get(random.below(steps.size()));
  }

  private void goOn(
      SeededRandom random,
      Subject<W> one,
      List<Step<W>> history,
      List<Step<W>> other,
      int further) {
    Subject<W> two = made.get();
    other.forEach(step -> step.what().accept(two.world()));
    String first = one.done();
    String second = two.done();
    List<Step<W>> since = new ArrayList<>();
    for (int i = 0; i < further; i++) {
      Step<W> step = draw(random);
      since.add(step);
      try {
        step.what().accept(one.world());
        step.what().accept(two.world());
      } catch (AssertionError failed) {
        throw new AssertionError("After " + history + " and " + since, failed);
      }
      first = one.done() + state(one);
      second = two.done() + state(two);
      if (!first.equals(second)) {
        throw new AssertionError(
            "After "
                + history
                + "\nand after "
                + other
                + "\nthe machine describes itself alike, and differs after "
                + since
                + difference(first, second));
      }
    }
  }

  private String state(Subject<W> subject) {
    Relative out = new Relative(subject.now(), subject.sent(), left);
    subject.describe(out);
    return out.text.toString();
  }

  private static String difference(String first, String second) {
    String[] one = first.split("\n", -1);
    String[] two = second.split("\n", -1);
    for (int i = 0; i < Math.min(one.length, two.length); i++) {
      if (!one[i].equals(two[i])) {
        return ":\n  " + one[i] + "\n  " + two[i];
      }
    }
    return ":\n" + first + "\nand\n" + second;
  }
}
