// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.gbcs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.StateWriter;
import org.hanota.hub.update.PendingChanges;
import org.hanota.keys.Sha256;

/**
 * Which messages of devices went on to the head end, by their SHA-256, so that what comes twice is
 * dropped, also over a restart. Anybody can say something: of so many devices it is remembered, and
 * the one that has been silent for longest is forgotten. [hanota H09]
 */
final class ForwardedMessages {
  private static final int MESSAGES_OF_A_DEVICE = 16;

  private final int devices;
  private final PendingChanges pending;

  /** The one that has been silent for longest comes first. */
  private final Map<Eui64, Deque<Octets>> hashes = new LinkedHashMap<>(16, 0.75f, true);

  ForwardedMessages(int devices, PendingChanges pending) {
    this.devices = devices;
    this.pending = pending;
  }

  /** Its place among what is stored for recipients: without an endpoint, so that none gets it. */
  private static Peer place(Eui64 device) {
    return new Peer(device, 0);
  }

  static boolean isPlace(Peer recipient) {
    return recipient.endpoint() == 0;
  }

  /** What was stored before a restart. */
  void restore(Peer place, List<Octets> stored) {
    hashes.put(place.address(), new ArrayDeque<>(stored));
  }

  /** Whether the device says it for the first time; it is remembered then. */
  boolean isNew(Eui64 device, Octets message) {
    Octets hash = Sha256.of(message);
    Deque<Octets> said = hashes.computeIfAbsent(device, unused -> new ArrayDeque<>());
    if (said.contains(hash)) {
      return false;
    }
    said.add(hash);
    if (said.size() > MESSAGES_OF_A_DEVICE) {
      said.remove();
    }
    pending.addWaiting(place(device), List.copyOf(said));
    while (hashes.size() > devices) {
      Iterator<Eui64> silent = hashes.keySet().iterator();
      pending.addWaiting(place(silent.next()), List.of());
      silent.remove();
    }
    return true;
  }

  void describe(StateWriter out) {
    hashes.forEach(
        (device, said) ->
            out.put("forwarded of " + device, said.stream().map(Octets::toHex).toList()));
  }
}
