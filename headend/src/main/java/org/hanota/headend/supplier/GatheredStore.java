// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.List;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;

/** The part of a store that one of several machines sees; what it saves waits for the others. */
final class GatheredStore implements RecordStore {
  private final List<Stored> kept;
  private final RecordKinds kinds;
  private final Changes changes;

  /**
   * Of one machine.
   *
   * @param kept what is kept of all of them
   * @param kinds what that machine keeps
   * @param changes where its changes wait until all are kept in one step
   */
  GatheredStore(List<Stored> kept, RecordKinds kinds, Changes changes) {
    this.kept = kept;
    this.kinds = kinds;
    this.changes = changes;
  }

  @Override
  public List<Stored> load() {
    return kept.stream().filter(each -> kinds.name(each).isPresent()).toList();
  }

  @Override
  public void save(List<Stored> put, List<String> removed) {
    put.forEach(changes::put);
    removed.forEach(changes::remove);
  }
}
