// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hanota.api.machine.PowerLost;

/** Port: what one machine of the head end keeps. The machine calls it from within its own calls. */
public interface RecordStore {
  /** Everything that is kept, in the order in which the keys came first. */
  List<Stored> load();

  /**
   * What a machine needs to start: everything but the log, of which it is the last entry of each
   * kind. In the same order.
   */
  default List<Stored> loadForStart() {
    List<Stored> kept = load();
    Map<Class<? extends Stored>, Stored> last = new HashMap<>();
    kept.stream()
        .filter(LogEntry.class::isInstance)
        .forEach(entry -> last.put(entry.getClass(), entry));
    return kept.stream()
        .filter(each -> !(each instanceof LogEntry) || last.get(each.getClass()) == each)
        .toList();
  }

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
