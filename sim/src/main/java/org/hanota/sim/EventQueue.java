// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tasks by time, and by the order of their scheduling among equal times. A binary heap in primitive
 * arrays: a home has a handful of tasks pending, and this is where it spends its time.
 */
final class EventQueue {
  private long[] times = new long[16];
  private long[] sequences = new long[16];
  private @Nullable Runnable[] tasks = new Runnable[16];
  private int size;
  private long nextSequence;

  void add(long time, Runnable task) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      sequences = Arrays.copyOf(sequences, 2 * size);
      tasks = Arrays.copyOf(tasks, 2 * size);
    }
    place(up(size++, time, nextSequence), time, nextSequence, task);
    nextSequence++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The time of the first task; there must be one. */
  long nextTime() {
    return times[0];
  }

  /** Removes the first task; there must be one. */
  Runnable remove() {
    Runnable first = tasks[0];
    if (first == null) {
      throw new IllegalStateException("the queue is empty");
    }
    size--;
    long time = times[size];
    long sequence = sequences[size];
    Runnable task = tasks[size];
    tasks[size] = null;
    if (size > 0 && task != null) {
      place(down(time, sequence), time, sequence, task);
    }
    return first;
  }

  private void place(int at, long time, long sequence, Runnable task) {
    times[at] = time;
    sequences[at] = sequence;
    tasks[at] = task;
  }

  private void move(int from, int to) {
    times[to] = times[from];
    sequences[to] = sequences[from];
    tasks[to] = tasks[from];
  }

  private boolean isBefore(long time, long sequence, int other) {
    return time < times[other] || (time == times[other] && sequence < sequences[other]);
  }

  private int up(int hole, long time, long sequence) {
    int at = hole;
    while (at > 0 && isBefore(time, sequence, (at - 1) / 2)) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    return at;
  }

  private int down(long time, long sequence) {
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && isBefore(times[child + 1], sequences[child + 1], child)) {
        child++;
      }
      if (isBefore(time, sequence, child)) {
        break;
      }
      move(child, at);
      at = child;
    }
    return at;
  }
}
