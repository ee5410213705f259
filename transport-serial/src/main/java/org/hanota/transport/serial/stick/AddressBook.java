// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;

/**
 * Which short address a node has, and the other way round: learned from announcements, joins and
 * answers, asked for where it is not known. Messages of the stick carry short addresses only.
 */
final class AddressBook {
  /** Nobody may make the host keep more zdo than this by sending from made-up addresses. */
  private static final int QUESTIONS_MAX = 64;

  /** A node repeats itself; what is more waits in vain anyway. */
  private static final int WAITING_MAX = 16;

  private static final class Question<T> {
    final List<Consumer<Optional<T>>> waiting = new ArrayList<>();
    final long deadline;

    Question(long deadline) {
      this.deadline = deadline;
    }
  }

  private final LongSupplier clock;
  private final Zdo zdo;
  private final long questionNanos;
  private final Map<Eui64, Integer> shorts = new TreeMap<>();
  private final Map<Integer, Eui64> names = new TreeMap<>();
  private final Map<Eui64, Question<Integer>> shortsWanted = new TreeMap<>();
  private final Map<Integer, Question<Eui64>> namesWanted = new TreeMap<>();

  AddressBook(LongSupplier clock, Zdo zdo, StickLimits limits) {
    this.clock = clock;
    this.zdo = zdo;
    this.questionNanos = limits.nanos(StickParameter.QUESTION);
  }

  /** A node and its addresses; answers whoever waited for them. */
  void learn(DeviceAddresses device) {
    Integer before = shorts.put(device.address(), device.shortAddress());
    if (before != null && before != device.shortAddress()) {
      names.remove(before);
    }
    Eui64 former = names.put(device.shortAddress(), device.address());
    if (former != null && !former.equals(device.address())) {
      shorts.remove(former);
    }
    settle(shortsWanted, device.address(), Optional.of(device.shortAddress()));
    settle(namesWanted, device.shortAddress(), Optional.of(device.address()));
  }

  /** The node left, or does not answer at its short address any more. */
  void forget(Eui64 address) {
    Integer before = shorts.remove(address);
    if (before != null) {
      names.remove(before);
    }
  }

  /** Forgets all nodes and fails all zdo: the stick starts anew. */
  void clear() {
    shorts.clear();
    names.clear();
    List.copyOf(shortsWanted.keySet()).forEach(key -> settle(shortsWanted, key, Optional.empty()));
    List.copyOf(namesWanted.keySet()).forEach(key -> settle(namesWanted, key, Optional.empty()));
  }

  /** The short address, if it is known. */
  OptionalInt shortAddress(Eui64 address) {
    Integer known = shorts.get(address);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  /** Gives the short address to {@code then}, at once or when the node has answered. */
  void shortAddress(Eui64 address, Consumer<Optional<Integer>> then) {
    Integer known = shorts.get(address);
    if (known != null) {
      then.accept(Optional.of(known));
      return;
    }
    ask(shortsWanted, address, then, refused -> zdo.shortAddress(address, refused));
  }

  /** Gives the EUI-64 to {@code then}, at once or when the node has answered. */
  void name(int shortAddress, Consumer<Optional<Eui64>> then) {
    Eui64 known = names.get(shortAddress);
    if (known != null) {
      then.accept(Optional.of(known));
      return;
    }
    ask(namesWanted, shortAddress, then, refused -> zdo.name(shortAddress, refused));
  }

  private <K extends Comparable<K>, T> void ask(
      Map<K, Question<T>> wanted, K key, Consumer<Optional<T>> then, Consumer<Runnable> question) {
    Question<T> running = wanted.get(key);
    if (running != null) {
      if (running.waiting.size() < WAITING_MAX) {
        running.waiting.add(then);
      } else {
        then.accept(Optional.empty());
      }
      return;
    }
    if (wanted.size() >= QUESTIONS_MAX) {
      then.accept(Optional.empty());
      return;
    }
    Question<T> made = new Question<>(clock.getAsLong() + questionNanos);
    made.waiting.add(then);
    wanted.put(key, made);
    question.accept(() -> settle(wanted, key, Optional.empty()));
  }

  /** A node told its addresses when asked; {@code known} is false if nobody has them. */
  void answer(boolean known, DeviceAddresses device) {
    if (known) {
      learn(device);
    } else {
      settle(shortsWanted, device.address(), Optional.empty());
      settle(namesWanted, device.shortAddress(), Optional.empty());
    }
  }

  private static <K, T> void settle(Map<K, Question<T>> wanted, K key, Optional<T> answer) {
    Question<T> question = wanted.remove(key);
    if (question != null) {
      question.waiting.forEach(then -> then.accept(answer));
    }
  }

  /** Gives up zdo that were not answered in time. */
  void timer() {
    expire(shortsWanted);
    expire(namesWanted);
  }

  private <K, T> void expire(Map<K, Question<T>> wanted) {
    List<Question<T>> late = new ArrayList<>();
    for (Iterator<Question<T>> i = wanted.values().iterator(); i.hasNext(); ) {
      Question<T> question = i.next();
      if (clock.getAsLong() >= question.deadline) {
        i.remove();
        late.add(question);
      }
    }
    late.forEach(question -> question.waiting.forEach(then -> then.accept(Optional.empty())));
  }

  /** When {@link #timer} is due. */
  long deadline() {
    long earliest = Long.MAX_VALUE;
    for (Question<Integer> question : shortsWanted.values()) {
      earliest = Math.min(earliest, question.deadline);
    }
    for (Question<Eui64> question : namesWanted.values()) {
      earliest = Math.min(earliest, question.deadline);
    }
    return earliest;
  }
}
