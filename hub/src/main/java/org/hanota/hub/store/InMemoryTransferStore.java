// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.machine.Peer;

/**
 * A store in memory, for simulations and tests. Outlives the machine that uses it. Open to be
 * extended by a test that counts or cuts its saves.
 */
public class InMemoryTransferStore implements TransferStore {
  private final Map<UpdateName, TransferRecord> records = new TreeMap<>();
  private final Map<Octets, Integer> failures = new TreeMap<>();
  private final Map<Peer, List<Octets>> waiting = new TreeMap<>();
  private final Map<ImageId, ImageOrder> orders = new TreeMap<>();
  private StoredClock clock = StoredClock.NONE;

  /** An empty store. */
  public InMemoryTransferStore() {}

  @Override
  public List<TransferRecord> records() {
    return List.copyOf(records.values());
  }

  @Override
  public Map<Octets, Integer> failures() {
    return new TreeMap<>(failures);
  }

  @Override
  public Map<Peer, List<Octets>> waiting() {
    return new TreeMap<>(waiting);
  }

  @Override
  public List<ImageOrder> orders() {
    return List.copyOf(orders.values());
  }

  @Override
  public StoredClock clock() {
    return clock;
  }

  @Override
  public void save(Changes changes) {
    clock = changes.clock();
    changes.forgotten().forEach(records::remove);
    changes.records().forEach(record -> records.put(record.name(), record));
    failures.putAll(changes.failures());
    failures.values().removeIf(count -> count == 0);
    waiting.putAll(changes.waiting());
    waiting.values().removeIf(List::isEmpty);
    changes
        .orders()
        .forEach(
            (image, order) ->
                order.ifPresentOrElse(said -> orders.put(image, said), () -> orders.remove(image)));
  }
}
