// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.List;
import java.util.Set;
import org.hanota.api.machine.PowerLost;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;

/** Loses the power at some saves, half of them before and half of them after it has kept them. */
final class CutRecords implements RecordStore {
  private final RecordStore behind;
  private final Set<Integer> cuts;
  private int saves;

  /**
   * @param cuts numbers of saves: an even one is cut before, an odd one after it is kept
   */
  CutRecords(RecordStore behind, Set<Integer> cuts) {
    this.behind = behind;
    this.cuts = cuts;
  }

  int saves() {
    return saves;
  }

  @Override
  public List<Stored> load() {
    return behind.load();
  }

  @Override
  public void save(List<Stored> put, List<String> removed) {
    saves++;
    boolean isCut = cuts.contains(saves);
    if (isCut && saves % 2 == 0) {
      throw new PowerLost("before a save");
    }
    behind.save(put, removed);
    if (isCut) {
      throw new PowerLost("after a save");
    }
  }
}
