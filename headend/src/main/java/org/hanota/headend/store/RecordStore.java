// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.store;

import java.util.List;
import org.hanota.api.machine.PowerLost;

/** Port: what one machine of the head end keeps. The machine calls it from within its own calls. */
public interface RecordStore {
  /** Everything that is kept, in the order in which the keys came first. */
  List<Stored> load();

  /**
   * Keeps and forgets in one step: all of it or, whatever happens, nothing. It is durable on
   * return.
   *
   * @param put records, which replace those with their keys
   * @param removed keys of records that are not needed any more
   * @throws PowerLost if the power went; any other exception means that nothing was kept either
   */
  void save(List<Stored> put, List<String> removed);
}
