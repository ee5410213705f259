// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;

/**
 * Messages on their way to the radio. Gives the stick only as many as it can hold, the more urgent
 * first, tells them apart by transaction, and waits a little before it tries again when the stick
 * or the channel is full.
 */
final class Outbox {
  /** Who hears of the outbox. */
  interface Owner {
    /** What became of a message; called once for each. */
    void sent(long sendId, SendResult result);

    /** The stick did not take a message, for this reason; its result is DROPPED. */
    void refused(Frame frame, String reason);

    /** A message goes to the stick. */
    void carried(Outgoing message);

    /** No route: the node may have another short address now. */
    void unreachable(Frame frame);
  }

  private static final int TRANSACTIONS = 256;

  /** Half of the transactions: a number comes back only long after it was used. */
  private static final int FLIGHTS_MAX = TRANSACTIONS / 2;

  private static final class Message {
    final long number;
    final long sendId;
    final Frame frame;
    int attempts;
    long notBefore;

    Message(long number, long sendId, Frame frame) {
      this.number = number;
      this.sendId = sendId;
      this.frame = frame;
    }

    SendOptions.Priority priority() {
      return frame.options().priority();
    }
  }

  /** A message that the stick has, or is just being given. */
  private record Flight(Message message, long given, long deadline) {}

  private final LongSupplier clock;
  private final StickLimits limits;
  private final Dialect dialect;
  private final AddressBook book;
  private final Owner owner;
  private final PriorityQueue<Message> waiting =
      new PriorityQueue<>(
          Comparator.comparing(Message::priority).thenComparingLong(message -> message.number));
  private final List<Message> resting = new ArrayList<>();
  private final Map<Integer, Flight> flights = new TreeMap<>();
  private long numbers;
  private int nextTransaction;
  private final List<Message> resolving = new ArrayList<>();

  Outbox(LongSupplier clock, StickLimits limits, Dialect dialect, AddressBook book, Owner owner) {
    this.clock = clock;
    this.limits = limits;
    this.dialect = dialect;
    this.book = book;
    this.owner = owner;
  }

  /** Takes a message; its result comes later. */
  void send(long sendId, Frame frame) {
    if (waiting.size() + resting.size() + resolving.size() >= limits.count(StickParameter.WAITING)
        || waitingFor(frame.destination()) >= limits.count(StickParameter.WAITING_OF_ONE)) {
      owner.sent(sendId, SendResult.BUSY);
      return;
    }
    waiting.add(new Message(numbers++, sendId, frame));
    admit();
  }

  private long waitingFor(Peer destination) {
    return Stream.of(waiting, resting, resolving)
        .flatMap(Collection::stream)
        .filter(message -> message.frame.destination().equals(destination))
        .count();
  }

  private void admit() {
    while (!waiting.isEmpty() && hasRoom()) {
      Message message = waiting.remove();
      if (message.frame.destination().isBroadcast()) {
        give(message, Outgoing.BROADCAST_RX_ON);
        continue;
      }
      resolving.add(message);
      book.shortAddress(message.frame.destination().address(), found -> go(message, found));
    }
  }

  private boolean hasRoom() {
    long now = clock.getAsLong();
    int crowding = resolving.size();
    for (Flight flight : flights.values()) {
      if (now - flight.given < limits.nanos(StickParameter.CROWDING)) {
        crowding++;
      }
    }
    return crowding < limits.count(StickParameter.UNCONFIRMED) && flights.size() < FLIGHTS_MAX;
  }

  private void go(Message message, Optional<Integer> shortAddress) {
    if (!resolving.remove(message)) {
      return;
    }
    if (shortAddress.isPresent()) {
      give(message, shortAddress.get());
    } else {
      owner.sent(message.sendId, SendResult.NO_ROUTE);
    }
  }

  private void give(Message message, int shortAddress) {
    Frame frame = message.frame;
    int transaction = transaction();
    boolean acknowledged =
        frame.options().apsAcknowledgement() && !frame.destination().isBroadcast();
    Outgoing outgoing =
        new Outgoing(
            shortAddress,
            frame.destination().endpoint(),
            frame.source().endpoint(),
            frame.profileId(),
            frame.clusterId(),
            transaction,
            acknowledged,
            frame.options().apsEncryption(),
            frame.zcl());
    message.attempts++;
    long now = clock.getAsLong();
    Flight flight = new Flight(message, now, now + limits.nanos(StickParameter.CONFIRM_TIME));
    flights.put(transaction, flight);
    owner.carried(outgoing);
    dialect.give(outgoing, urgency(message.priority()), given -> given(transaction, flight, given));
  }

  private static RequestChannel.Urgency urgency(SendOptions.Priority priority) {
    return switch (priority) {
      case METERING -> RequestChannel.Urgency.METERING;
      case NORMAL -> RequestChannel.Urgency.NORMAL;
      case BULK -> RequestChannel.Urgency.BULK;
    };
  }

  private int transaction() {
    do {
      nextTransaction = (nextTransaction + 1) % TRANSACTIONS;
    } while (flights.containsKey(nextTransaction));
    return nextTransaction;
  }

  private void given(int transaction, Flight flight, Dialect.Given given) {
    if (!flight.equals(flights.get(transaction))) {
      return;
    }
    Fate fate =
        given instanceof Dialect.Given.Nothing nothing
            ? Fate.dropped(nothing.reason())
            : ((Dialect.Given.Said) given).fate();
    // Not every stick tells later what became of a broadcast.
    if (!fate.success() || flight.message.frame.destination().isBroadcast()) {
      confirm(transaction, fate);
    }
  }

  /** The stick tells what became of a message; one that nobody waits for is left alone. */
  void confirm(int transaction, Fate fate) {
    Flight flight = flights.remove(transaction);
    if (flight == null) {
      return;
    }
    Message message = flight.message;
    if (fate.worthAnotherTry() && message.attempts < limits.count(StickParameter.ATTEMPTS)) {
      message.notBefore = clock.getAsLong() + pause(message.attempts);
      resting.add(message);
      return;
    }
    if (fate.result() == SendResult.NO_ROUTE) {
      owner.unreachable(message.frame);
    } else if (fate.result() == SendResult.DROPPED) {
      owner.refused(message.frame, fate.reason());
    }
    owner.sent(message.sendId, fate.result());
  }

  /** Goes on after anything has happened: ends rests, gives up late flights, admits messages. */
  void advance() {
    long now = clock.getAsLong();
    for (Message message : List.copyOf(resting)) {
      if (now >= message.notBefore) {
        resting.remove(message);
        waiting.add(message);
      }
    }
    for (Map.Entry<Integer, Flight> entry : List.copyOf(flights.entrySet())) {
      if (now >= entry.getValue().deadline) {
        flights.remove(entry.getKey());
        owner.sent(entry.getValue().message.sendId, SendResult.NO_ACK);
      }
    }
    admit();
  }

  private long pause(int attempts) {
    return Math.min(
        limits.nanos(StickParameter.LONGEST_PAUSE),
        limits.nanos(StickParameter.FIRST_PAUSE) << Math.min(attempts - 1, 10));
  }

  /** Gives up everything: the stick is gone. */
  void abandon(SendResult result) {
    List<Message> all = new ArrayList<>();
    flights.values().forEach(flight -> all.add(flight.message));
    all.addAll(resolving);
    all.addAll(resting);
    all.addAll(waiting);
    flights.clear();
    resolving.clear();
    resting.clear();
    waiting.clear();
    all.sort(Comparator.comparingLong(message -> message.number));
    all.forEach(message -> owner.sent(message.sendId, result));
  }

  /** When {@link #advance} is due at the latest. */
  long deadline() {
    long earliest = Long.MAX_VALUE;
    for (Message message : resting) {
      earliest = Math.min(earliest, message.notBefore);
    }
    long now = clock.getAsLong();
    for (Flight flight : flights.values()) {
      earliest = Math.min(earliest, flight.deadline);
      if (!waiting.isEmpty() && now - flight.given < limits.nanos(StickParameter.CROWDING)) {
        earliest = Math.min(earliest, flight.given + limits.nanos(StickParameter.CROWDING));
      }
    }
    return earliest;
  }
}
