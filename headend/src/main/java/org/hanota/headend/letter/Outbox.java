// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.letter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;

/**
 * Letters that are not confirmed yet. They are kept with what they follow from, so that none is
 * lost and none tells of what was not kept. [hanota H84]
 */
public final class Outbox {
  private static final String NEXT = "next letter";

  /** What it keeps. */
  public static final RecordKinds KINDS =
      RecordKinds.none().and("letter", Letter.Message.class).and(NEXT, Next.class);

  private final Eui64 self;
  private final long retryMs;
  private final Changes changes;
  private final Map<Long, Letter.Message> letters = new LinkedHashMap<>();
  private final List<Letter.Message> fresh = new ArrayList<>();
  private final Set<Long> held = new HashSet<>();
  private long next = 1;
  private long retryNanos = Long.MAX_VALUE;

  /** The number of the next letter: numbers are never used twice. */
  private record Next(long number) implements Stored {
    @Override
    public String key() {
      return NEXT;
    }
  }

  /** Has no letters yet. */
  public Outbox(Eui64 self, long retryMs, Changes changes) {
    this.self = self;
    this.retryMs = retryMs;
    this.changes = changes;
  }

  /** Takes a record that was kept, if it is one of these. */
  public boolean load(Stored record) {
    if (record instanceof Letter.Message letter) {
      letters.put(letter.number(), letter);
      return true;
    }
    if (record instanceof Next kept) {
      next = kept.number();
      return true;
    }
    return false;
  }

  /** Whatever waited before a restart goes again. */
  public void start(Now now, Effects effects) {
    send(now, effects);
  }

  /** The number that the next letter will have. */
  public long nextNumber() {
    return next;
  }

  /** Hands {@code content} over, at the end of this call and until it is confirmed. */
  public void post(Eui64 to, Content content, Now now) {
    Letter.Message letter = new Letter.Message(self, to, next, content);
    next++;
    letters.put(letter.number(), letter);
    changes.put(new Next(next));
    changes.put(letter);
    fresh.add(letter);
    retryNanos = Math.min(retryNanos, now.plusMillis(retryMs));
  }

  /** What this call posted goes: after it was kept, and after what the call confirms. */
  public void callEnds(Effects effects) {
    fresh.forEach(effects::toWan);
    fresh.clear();
  }

  /** A letter was confirmed; a second confirmation does nothing. */
  public void confirmed(Letter.Confirmed confirmed) {
    Letter.Message letter = letters.get(confirmed.number());
    if (letter != null && letter.to().equals(confirmed.from())) {
      letters.remove(confirmed.number());
      changes.remove(letter.key());
    }
    if (letters.isEmpty()) {
      retryNanos = Long.MAX_VALUE;
    }
  }

  /**
   * A letter is not handed over again until it is released; its addressee may have it. Whoever
   * holds it back does so again after a restart.
   */
  public void hold(long number) {
    held.add(number);
  }

  /** A letter is handed over again; whether it was held back. */
  public boolean release(long number) {
    return held.remove(number);
  }

  /** Whatever is not confirmed nor held back is due now. */
  public void retryNow(Now now) {
    if (!letters.isEmpty()) {
      retryNanos = now.monotonicNanos();
    }
  }

  /** A letter that is not confirmed is not handed over again; its addressee may have it. */
  public void withdraw(long number) {
    Letter.Message letter = letters.remove(number);
    if (letter != null) {
      fresh.remove(letter);
      changes.remove(letter.key());
    }
    if (letters.isEmpty()) {
      retryNanos = Long.MAX_VALUE;
    }
  }

  /** Every letter that is not confirmed, the oldest first. */
  public List<Letter.Message> letters() {
    return List.copyOf(letters.values());
  }

  /** Whether what is not confirmed is handed over again now. */
  public boolean isDue(Now now) {
    return retryNanos <= now.monotonicNanos();
  }

  /** When something is due. */
  public long nextNanos() {
    return retryNanos;
  }

  /** Hands over again what is due. */
  public void timer(Now now, Effects effects) {
    if (isDue(now)) {
      send(now, effects);
    }
  }

  private void send(Now now, Effects effects) {
    letters.values().stream()
        .filter(letter -> !held.contains(letter.number()))
        .forEach(effects::toWan);
    retryNanos = letters.isEmpty() ? Long.MAX_VALUE : now.plusMillis(retryMs);
  }

  /** Writes the letters down. */
  public void describe(StateWriter out) {
    out.put(NEXT, next);
    letters.values().forEach(letter -> out.put(letter.key(), letter));
  }
}
