// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.store;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a call of a machine changed, until it is kept in one step before anybody is told. */
public final class Changes {
  private final Map<String, Stored> put = new LinkedHashMap<>();
  private final Set<String> removed = new LinkedHashSet<>();

  /** Nothing was changed yet. */
  public Changes() {}

  /** A record is new or other than before. */
  public void put(Stored record) {
    removed.remove(record.key());
    put.put(record.key(), record);
  }

  /** A record is not needed any more. */
  public void remove(String key) {
    put.remove(key);
    removed.add(key);
  }

  /** Keeps what was changed, if anything was. */
  public void save(RecordStore store) {
    if (!put.isEmpty() || !removed.isEmpty()) {
      store.save(List.copyOf(put.values()), List.copyOf(removed));
      put.clear();
      removed.clear();
    }
  }
}
