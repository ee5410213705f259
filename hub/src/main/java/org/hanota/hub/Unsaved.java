// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;

/**
 * What a call of the hub has changed. It is stored in one step at the call's end, before anybody is
 * told of any of it: a power cut leaves either all of it or nothing.
 */
final class Unsaved {
  private final TransferStore store;
  private final Set<DeviceEntry> entries = new LinkedHashSet<>();
  private final Map<Octets, Integer> failures = new TreeMap<>();
  private final Map<Peer, List<Octets>> waiting = new TreeMap<>();
  private final Set<Peer> forgotten = new TreeSet<>();

  Unsaved(TransferStore store) {
    this.store = store;
  }

  void add(DeviceEntry entry) {
    entries.add(entry);
  }

  /** Its record goes, unless the device comes again in the same call. */
  void forget(DeviceEntry entry) {
    entries.remove(entry);
    forgotten.add(entry.device);
  }

  void addFailures(Octets sha256, int count) {
    failures.put(sha256, count);
  }

  void addWaiting(Peer recipient, List<Octets> messages) {
    waiting.put(recipient, List.copyOf(messages));
  }

  void save() {
    if (entries.isEmpty() && failures.isEmpty() && waiting.isEmpty() && forgotten.isEmpty()) {
      return;
    }
    store.save(
        new TransferStore.Changes(
            entries.stream().map(DeviceEntry::toRecord).toList(), failures, waiting, forgotten));
    entries.clear();
    failures.clear();
    waiting.clear();
    forgotten.clear();
  }
}
