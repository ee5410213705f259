// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.List;
import org.hanota.api.machine.PowerLost;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;

/** Loses the power once: half of the times before, half of the times after it has kept it. */
public final class CutStore implements RecordStore {
  private final RecordStore behind;
  private final int cutAt;
  private int saves;

  public CutStore(RecordStore behind, int cutAt) {
    this.behind = behind;
    this.cutAt = cutAt;
  }

  public boolean wasCut() {
    return saves >= (cutAt + 1) / 2;
  }

  @Override
  public List<Stored> load() {
    return behind.load();
  }

  @Override
  public void save(List<Stored> put, List<String> removed) {
    saves++;
    boolean isCut = saves == (cutAt + 1) / 2;
    if (isCut && cutAt % 2 == 1) {
      throw new PowerLost(HeadEndWorld.BEFORE_SAVE);
    }
    behind.save(put, removed);
    if (isCut) {
      throw new PowerLost("after a save");
    }
  }
}
