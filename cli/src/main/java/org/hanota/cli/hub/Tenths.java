// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.machine.UpdateEvent;

/**
 * Thins progress out for people: of a transfer they are told each tenth, of queries those that are
 * news, of all else everything.
 */
public final class Tenths {
  private static final int PARTS = 10;

  private final Queries queries = new Queries();
  private final Map<Eui64, Long> told = new TreeMap<>();

  /** Nothing told yet. */
  public Tenths() {}

  /** Whether the event is worth a line. */
  public synchronized boolean worthTelling(UpdateEvent event) {
    if (!(event instanceof UpdateEvent.Transferring transferring)) {
      told.remove(event.device());
      return !(event instanceof UpdateEvent.Querying query) || queries.isNews(query);
    }
    long size = Math.max(1, transferring.imageSizeOctets());
    long tenth = PARTS * transferring.fileOffset() / size;
    Long before = told.put(event.device(), tenth);
    return tenth > (before == null ? 0 : before);
  }
}
