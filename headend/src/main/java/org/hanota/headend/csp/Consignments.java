// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.request.MessageId;

/** Everything on its way to hubs, found by what a call asks for without a look at all of it. */
final class Consignments {
  /** The more urgent reason goes first, of equal ones what came first. */
  private static final Comparator<Consignment> TURN =
      Comparator.comparing(
              (Consignment each) ->
                  each.delivery().map(Delivery::reason).orElse(ReasonClass.FUNCTION))
          .thenComparing(Consignment::number);

  private static final Comparator<Consignment> BY_DUE =
      Comparator.comparingLong(Consignment::dueUtcMillis).thenComparing(Consignment::number);

  private final Map<Long, Consignment> byNumber = new TreeMap<>();
  private final Map<Long, Long> byLetter = new LinkedHashMap<>();
  private final Map<Delivery.Id, Long> open = new LinkedHashMap<>();
  private final Map<MessageId, NavigableSet<Long>> ofRequest = new LinkedHashMap<>();
  private final NavigableSet<Consignment> due = new TreeSet<>(BY_DUE);
  private final Map<Eui64, NavigableSet<Consignment>> queued = new TreeMap<>();
  private final Map<Eui64, NavigableSet<Long>> sent = new LinkedHashMap<>();

  /** Hubs of which something changed since their turns were looked at. */
  private final NavigableSet<Eui64> changed = new TreeSet<>();

  Optional<Consignment> find(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  /** Whether that letter came before, or what it is about is under way. */
  boolean knows(long letter, Delivery.Id id) {
    return byLetter.containsKey(letter) || open.containsKey(id);
  }

  /** What follows from a request, in the order in which it came. */
  List<Consignment> of(MessageId request) {
    return ofRequest.getOrDefault(request, Collections.emptyNavigableSet()).stream()
        .flatMap(number -> find(number).stream())
        .toList();
  }

  void put(Consignment consignment) {
    remove(consignment.number());
    byNumber.put(consignment.number(), consignment);
    byLetter.put(consignment.letter(), consignment.number());
    ofRequest
        .computeIfAbsent(consignment.id().request(), request -> new TreeSet<>())
        .add(consignment.number());
    due.add(consignment);
    changed.add(consignment.hub());
    if (consignment.isOpen()) {
      open.put(consignment.id(), consignment.number());
    }
    if (consignment.state() == ConsignmentState.QUEUED) {
      queued.computeIfAbsent(consignment.hub(), hub -> new TreeSet<>(TURN)).add(consignment);
    } else if (consignment.state() == ConsignmentState.SENT) {
      sent.computeIfAbsent(consignment.hub(), hub -> new TreeSet<>()).add(consignment.number());
    }
  }

  void remove(long number) {
    Consignment before = byNumber.remove(number);
    if (before == null) {
      return;
    }
    byLetter.remove(before.letter());
    open.remove(before.id(), number);
    due.remove(before);
    changed.add(before.hub());
    ofRequest.computeIfPresent(
        before.id().request(),
        (request, numbers) -> {
          numbers.remove(number);
          return numbers.isEmpty() ? null : numbers;
        });
    queued.computeIfPresent(
        before.hub(),
        (hub, waiting) -> {
          waiting.remove(before);
          return waiting.isEmpty() ? null : waiting;
        });
    sent.computeIfPresent(
        before.hub(),
        (hub, numbers) -> {
          numbers.remove(number);
          return numbers.isEmpty() ? null : numbers;
        });
  }

  /** What is due by then, the earliest first. */
  List<Consignment> due(long utcMillis) {
    return due.stream().takeWhile(each -> each.dueUtcMillis() <= utcMillis).toList();
  }

  /** When the next is due; {@link Long#MAX_VALUE} if none is. */
  long nextUtcMillis() {
    return due.isEmpty() ? Long.MAX_VALUE : due.first().dueUtcMillis();
  }

  /** The hubs to which something may go that could not before, each said once. */
  List<Eui64> hubsWithTurns() {
    List<Eui64> hubs = changed.stream().filter(queued::containsKey).toList();
    changed.clear();
    return hubs;
  }

  /** What a hub has not confirmed, in the order in which it came. */
  List<Consignment> sentTo(Eui64 hub) {
    return sent.getOrDefault(hub, Collections.emptyNavigableSet()).stream()
        .flatMap(number -> find(number).stream())
        .toList();
  }

  /** What may go to a hub now: every command, and so many images as are under way at once. */
  List<Consignment> turns(Eui64 hub, long imagesAtOnce) {
    List<Consignment> turns = new ArrayList<>();
    long images = sentTo(hub).stream().filter(Consignment::isImage).count();
    for (Consignment each : queued.getOrDefault(hub, Collections.emptyNavigableSet())) {
      if (!each.isImage()) {
        turns.add(each);
      } else if (images < imagesAtOnce) {
        images++;
        turns.add(each);
      }
    }
    return turns;
  }

  /** Everything, in the order in which it came. */
  Collection<Consignment> all() {
    return Collections.unmodifiableCollection(byNumber.values());
  }
}
