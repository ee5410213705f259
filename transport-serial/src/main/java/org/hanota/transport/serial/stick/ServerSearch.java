// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.List;
import java.util.function.LongSupplier;
import org.hanota.api.machine.Peer;

/** Looks for a server of a cluster with a broadcast question; the first that answers is it. */
final class ServerSearch {
  private final LongSupplier clock;
  private final Zdo zdo;
  private final long questionNanos;
  private final AddressBook book;
  private final Surroundings surroundings;

  /** Searches that were asked for and not answered; one question serves them all. */
  private int pending;

  private long deadline = Long.MAX_VALUE;

  ServerSearch(
      LongSupplier clock,
      Zdo zdo,
      StickLimits limits,
      AddressBook book,
      Surroundings surroundings) {
    this.clock = clock;
    this.zdo = zdo;
    this.questionNanos = limits.nanos(StickParameter.QUESTION);
    this.book = book;
    this.surroundings = surroundings;
  }

  void begin(int profileId, int clusterId) {
    pending++;
    deadline = clock.getAsLong() + questionNanos;
    zdo.match(profileId, clusterId, this::abandon);
  }

  /** A node answered. */
  void answer(int shortAddress, List<Integer> endpoints) {
    if (endpoints.isEmpty() || pending == 0) {
      return;
    }
    int endpoint = endpoints.get(0);
    book.name(
        shortAddress,
        name -> {
          if (name.isPresent() && pending > 0) {
            int waiting = pending;
            pending = 0;
            deadline = Long.MAX_VALUE;
            for (int i = 0; i < waiting; i++) {
              surroundings.onServerFound(new Peer(name.get(), endpoint));
            }
          }
        });
  }

  void timer() {
    if (clock.getAsLong() >= deadline) {
      abandon();
    }
  }

  /** Ends all searches: no node answered. */
  void abandon() {
    int waiting = pending;
    pending = 0;
    deadline = Long.MAX_VALUE;
    for (int i = 0; i < waiting; i++) {
      surroundings.onNoServer();
    }
  }

  long deadline() {
    return deadline;
  }
}
