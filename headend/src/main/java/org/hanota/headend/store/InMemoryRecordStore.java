// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps records as long as it lives itself: for simulations and tests. */
public final class InMemoryRecordStore implements RecordStore {
  private final Map<String, Stored> records = new LinkedHashMap<>();

  /** Keeps nothing yet. */
  public InMemoryRecordStore() {}

  @Override
  public List<Stored> load() {
    return List.copyOf(records.values());
  }

  @Override
  public void save(List<Stored> put, List<String> removed) {
    put.forEach(record -> records.put(record.key(), record));
    removed.forEach(records::remove);
  }
}
