// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.function.LongSupplier;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;

/** Looks for a server of a cluster with a broadcast question; the first that answers is it. */
final class ServerSearch {
  private static final long SEARCH_NANOS = 5_000_000_000L;

  private final LongSupplier clock;
  private final RequestChannel channel;
  private final AddressBook book;
  private final ZnpHost.Surroundings surroundings;

  /** Searches that were asked for and not answered; one question serves them all. */
  private int pending;

  private long deadline = Long.MAX_VALUE;

  ServerSearch(
      LongSupplier clock,
      RequestChannel channel,
      AddressBook book,
      ZnpHost.Surroundings surroundings) {
    this.clock = clock;
    this.channel = channel;
    this.book = book;
    this.surroundings = surroundings;
  }

  void begin(int profileId, int clusterId) {
    pending++;
    deadline = clock.getAsLong() + SEARCH_NANOS;
    OctetWriter out = new OctetWriter(12).uint16le(DataRequest.BROADCAST_RX_ON);
    out.uint16le(DataRequest.BROADCAST_RX_ON).uint16le(profileId);
    out.uint8(1).uint16le(clusterId).uint8(0);
    channel.request(
        ZnpFrame.of(Command.ZDO_MATCH_DESC_REQ, out),
        RequestChannel.Urgency.CONTROL,
        SEARCH_NANOS,
        outcome -> {
          if (outcome instanceof RequestChannel.Outcome.Failed) {
            abandon();
          }
        });
  }

  /** ZDO_MATCH_DESC_RSP came. */
  void answer(Octets data) {
    OctetReader in = new OctetReader(data);
    in.uint16le("SrcAddr");
    int status = in.uint8("Status");
    int shortAddress = in.uint16le("NwkAddr");
    int count = in.uint8("MatchLength");
    if (status != 0 || count == 0 || pending == 0) {
      return;
    }
    int endpoint = in.uint8("MatchList");
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
