// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What happens between some parties, in order. Messages that repeat are folded into one row, so
 * that a transfer of thousands of blocks takes two; of very many rows the middle is left out.
 */
public final class Sequence {
  /** No offset is named. */
  public static final long NO_OFFSET = -1;

  private static final int FIRST_ROWS = 1_000;
  private static final int LAST_ROWS = 500;

  /** A message is folded into one of so many last rows of its subject. */
  private static final int FOLDED_OVER = 6;

  /** A message, or something that happens at one party. */
  public static final class Row {
    private final long nanos;
    private final String from;
    private final String to;
    private final String what;
    private final boolean isFault;
    private final List<String> notes;
    private long untilNanos;
    private long count;
    private long lost;
    private long firstOffset = NO_OFFSET;
    private long lastOffset = NO_OFFSET;

    Row(long nanos, String from, String to, String what, boolean isFault, List<String> notes) {
      this.nanos = nanos;
      this.untilNanos = nanos;
      this.from = from;
      this.to = to;
      this.what = what;
      this.isFault = isFault;
      this.notes = List.copyOf(notes);
    }

    private void add(long at, long offset, boolean arrived) {
      untilNanos = at;
      count++;
      lost += arrived ? 0 : 1;
      if (offset != NO_OFFSET) {
        firstOffset = firstOffset == NO_OFFSET ? offset : Math.min(firstOffset, offset);
        lastOffset = Math.max(lastOffset, offset);
      }
    }

    /** When, or when the first of several. */
    public long nanos() {
      return nanos;
    }

    /** When the last of several. */
    public long untilNanos() {
      return untilNanos;
    }

    /** Who sends it, or at whom it happens. */
    public String from() {
      return from;
    }

    /** Who gets it; the same where nothing is sent. */
    public String to() {
      return to;
    }

    /** Whether it is a message. */
    public boolean isMessage() {
      return !from.equals(to);
    }

    /** Whether something went wrong: it happened, or no copy of the message came. */
    public boolean isFault() {
      return isFault || (isMessage() && lost == count);
    }

    /** What else is to be said of it. */
    public List<String> notes() {
      return notes;
    }

    /** What it is, how often, of which octets, and how many of it were lost. */
    public String text() {
      StringBuilder text = new StringBuilder(what);
      if (count > 1) {
        text.append(String.format(Locale.ROOT, " × %,d", count));
      }
      if (firstOffset != NO_OFFSET) {
        text.append(String.format(Locale.ROOT, ", at octet %,d", firstOffset));
        if (lastOffset != firstOffset) {
          text.append(String.format(Locale.ROOT, " to %,d", lastOffset));
        }
      }
      if (lost > 0) {
        text.append(count == 1 ? ", lost" : String.format(Locale.ROOT, ", %,d lost", lost));
      }
      return text.toString();
    }
  }

  private final List<Row> first = new ArrayList<>();
  private final Deque<Row> last = new ArrayDeque<>();
  private final Map<String, Deque<Row>> recent = new HashMap<>();
  private long leftOut;

  /** Nothing yet. */
  public Sequence() {}

  /**
   * A message, folded into one like it of the same subject.
   *
   * @param subject whose update it is about
   * @param offset of the image, or {@link #NO_OFFSET}
   * @param arrived whether it came as it was sent
   */
  public void message(
      String subject,
      long nanos,
      String from,
      String to,
      String what,
      long offset,
      boolean arrived) {
    Deque<Row> rows = recent.computeIfAbsent(subject, unused -> new ArrayDeque<>());
    for (Row row : rows) {
      if (row.from.equals(from) && row.to.equals(to) && row.what.equals(what)) {
        row.add(nanos, offset, arrived);
        return;
      }
    }
    Row row = new Row(nanos, from, to, what, false, List.of());
    row.add(nanos, offset, arrived);
    rows.addLast(row);
    if (rows.size() > FOLDED_OVER) {
      rows.removeFirst();
    }
    keep(row);
  }

  /**
   * Something that happens at a party; what is sent after it is not folded into what was before.
   */
  public void event(String subject, long nanos, String what, boolean isFault) {
    recent.remove(subject);
    keep(new Row(nanos, subject, subject, what, isFault, List.of()));
  }

  /** A row as it is, which nothing is folded into. */
  public void row(
      long nanos, String from, String to, String what, boolean isFault, List<String> notes) {
    Row row = new Row(nanos, from, to, what, isFault, notes);
    if (row.isMessage()) {
      row.add(nanos, NO_OFFSET, true);
    }
    keep(row);
  }

  private void keep(Row row) {
    if (first.size() < FIRST_ROWS) {
      first.add(row);
      return;
    }
    last.addLast(row);
    if (last.size() > LAST_ROWS) {
      last.removeFirst();
      leftOut++;
    }
  }

  /** The rows before the gap, or all. */
  public List<Row> first() {
    return List.copyOf(first);
  }

  /** The rows behind the gap. */
  public List<Row> last() {
    return List.copyOf(last);
  }

  /** How many are left out between them. */
  public long leftOut() {
    return leftOut;
  }
}
