// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

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
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * Which short address a node has, and the other way round: learned from announcements, joins and
 * answers, asked for where it is not known. Messages of the stick carry short addresses only.
 */
final class AddressBook {
  /** A broadcast question and its answer over several hops. */
  private static final long QUESTION_NANOS = 5_000_000_000L;

  /** Nobody may make the host keep more questions than this by sending from made-up addresses. */
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
  private final RequestChannel channel;
  private final Map<Eui64, Integer> shorts = new TreeMap<>();
  private final Map<Integer, Eui64> names = new TreeMap<>();
  private final Map<Eui64, Question<Integer>> shortsWanted = new TreeMap<>();
  private final Map<Integer, Question<Eui64>> namesWanted = new TreeMap<>();

  AddressBook(LongSupplier clock, RequestChannel channel) {
    this.clock = clock;
    this.channel = channel;
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

  /** Forgets all nodes and fails all questions: the stick starts anew. */
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
    OctetWriter out = new OctetWriter(10).int64le(address.value()).uint8(0).uint8(0);
    ask(shortsWanted, address, then, ZnpFrame.of(Command.ZDO_NWK_ADDR_REQ, out));
  }

  /** Gives the EUI-64 to {@code then}, at once or when the node has answered. */
  void name(int shortAddress, Consumer<Optional<Eui64>> then) {
    Eui64 known = names.get(shortAddress);
    if (known != null) {
      then.accept(Optional.of(known));
      return;
    }
    OctetWriter out = new OctetWriter(4).uint16le(shortAddress).uint8(0).uint8(0);
    ask(namesWanted, shortAddress, then, ZnpFrame.of(Command.ZDO_IEEE_ADDR_REQ, out));
  }

  private <K extends Comparable<K>, T> void ask(
      Map<K, Question<T>> wanted, K key, Consumer<Optional<T>> then, ZnpFrame question) {
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
    Question<T> made = new Question<>(clock.getAsLong() + QUESTION_NANOS);
    made.waiting.add(then);
    wanted.put(key, made);
    channel.request(
        question,
        RequestChannel.Urgency.CONTROL,
        QUESTION_NANOS,
        outcome -> {
          if (outcome instanceof RequestChannel.Outcome.Failed
              || (outcome instanceof RequestChannel.Outcome.Answered answered
                  && answered.data().length() > 0
                  && answered.data().at(0) != 0)) {
            settle(wanted, key, Optional.empty());
          }
        });
  }

  /** ZDO_NWK_ADDR_RSP or ZDO_IEEE_ADDR_RSP came. */
  void answer(Octets data) {
    OctetReader in = new OctetReader(data);
    int status = in.uint8("Status");
    DeviceAddresses device = DeviceAddresses.decodeAnswer(in);
    if (status == 0) {
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

  /** Gives up questions that were not answered in time. */
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
