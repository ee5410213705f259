// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.hanota.api.SeededRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is pending, by time, and among equal times by the order of its scheduling, or by lot if a
 * source of ties is given. A binary heap over primitive arrays: a home has a handful of events
 * pending, and this is where it spends its time.
 */
public final class Schedule {
  private static final int FIRST_CAPACITY = 16;

  /** What is pending, with its time. */
  public record Entry(long nanos, Pending pending) {}

  private final @Nullable SeededRandom ties;
  private long[] times;
  private long[] lots;
  private long[] sequences;
  private @Nullable Pending[] events;
  private int size;
  private long nextSequence;

  /** An empty schedule that keeps the order of scheduling among equal times. */
  public Schedule() {
    this(null, FIRST_CAPACITY);
  }

  /** An empty schedule that draws the order among equal times, and changes no other. */
  public Schedule(SeededRandom ties) {
    this(ties, FIRST_CAPACITY);
  }

  private Schedule(@Nullable SeededRandom ties, int capacity) {
    this.ties = ties;
    times = new long[capacity];
    lots = new long[capacity];
    sequences = new long[capacity];
    events = new Pending[capacity];
  }

  /** Adds what happens at {@code nanos}. */
  public void add(long nanos, Pending pending) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      lots = Arrays.copyOf(lots, 2 * size);
      sequences = Arrays.copyOf(sequences, 2 * size);
      events = Arrays.copyOf(events, 2 * size);
    }
    long lot = ties == null ? 0 : ties.nextLong();
    long sequence = nextSequence++;
    insert(nanos, lot, sequence, pending);
  }

  /** Whether nothing is pending. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** How much is pending. */
  public int size() {
    return size;
  }

  /** The time of the first event; there must be one. */
  public long nextNanos() {
    first();
    return times[0];
  }

  /** Removes the first event; there must be one. */
  public Pending remove() {
    Pending first = first();
    size--;
    Pending last = at(size);
    events[size] = null;
    if (size > 0) {
      long time = times[size];
      long lot = lots[size];
      long sequence = sequences[size];
      place(down(time, lot, sequence), time, lot, sequence, last);
    }
    return first;
  }

  /** Everything that is pending, in its order. */
  public List<Entry> list() {
    return order().stream().map(i -> new Entry(times[i], at(i))).toList();
  }

  /** Drops what {@code unwanted} holds for; the rest keeps its order. Returns how much it was. */
  public int drop(Predicate<Pending> unwanted) {
    List<Integer> kept = new ArrayList<>(order());
    kept.removeIf(i -> unwanted.test(at(i)));
    int dropped = size - kept.size();
    Schedule rest = new Schedule(ties, times.length);
    kept.forEach(i -> rest.insert(times[i], lots[i], sequences[i], at(i)));
    times = rest.times;
    lots = rest.lots;
    sequences = rest.sequences;
    events = rest.events;
    size = rest.size;
    return dropped;
  }

  /**
   * A second schedule with the same events. From here on each goes its own way; among equal times
   * the copy keeps the order of scheduling for what is added to it.
   */
  public Schedule fork() {
    Schedule copy = new Schedule(null, times.length);
    for (int i = 0; i < size; i++) {
      copy.insert(times[i], lots[i], sequences[i], at(i));
    }
    copy.nextSequence = nextSequence;
    return copy;
  }

  /** One line for each event: its time in seconds and what it is. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : list()) {
      text.append(String.format(Locale.ROOT, "%.9f s  %s%n", entry.nanos() / 1e9, entry.pending()));
    }
    return text.toString();
  }

  private List<Integer> order() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      order.add(i);
    }
    order.sort(
        Comparator.<Integer>comparingLong(i -> times[i])
            .thenComparingLong(i -> lots[i])
            .thenComparingLong(i -> sequences[i]));
    return order;
  }

  private Pending first() {
    if (size == 0) {
      throw new IllegalStateException("nothing is pending");
    }
    return at(0);
  }

  private Pending at(int index) {
    Pending found = events[index];
    if (found == null) {
      throw new AssertionError("no event at " + index + " of " + size);
    }
    return found;
  }

  private void insert(long time, long lot, long sequence, Pending pending) {
    place(up(size++, time, lot, sequence), time, lot, sequence, pending);
  }

  private void place(int at, long time, long lot, long sequence, Pending pending) {
    times[at] = time;
    lots[at] = lot;
    sequences[at] = sequence;
    events[at] = pending;
  }

  private void move(int from, int to) {
    times[to] = times[from];
    lots[to] = lots[from];
    sequences[to] = sequences[from];
    events[to] = events[from];
  }

  private boolean isBefore(long time, long lot, long sequence, int other) {
    if (time != times[other]) {
      return time < times[other];
    }
    return lot != lots[other] ? lot < lots[other] : sequence < sequences[other];
  }

  private int up(int hole, long time, long lot, long sequence) {
    int at = hole;
    while (at > 0 && isBefore(time, lot, sequence, (at - 1) / 2)) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    return at;
  }

  private int down(long time, long lot, long sequence) {
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size
          && isBefore(times[child + 1], lots[child + 1], sequences[child + 1], child)) {
        child++;
      }
      if (isBefore(time, lot, sequence, child)) {
        break;
      }
      move(child, at);
      at = child;
    }
    return at;
  }
}
