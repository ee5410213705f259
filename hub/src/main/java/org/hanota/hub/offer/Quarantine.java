// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.offer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Octets;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.FileEnd;
import org.hanota.hub.update.Ends;
import org.hanota.hub.update.PendingChanges;

/**
 * Images that are offered to nobody because too many devices failed with them. A device is a
 * witness for or against an image only if this hub served it every octet of the file, and once for
 * each file; a device that runs the image outweighs one that failed with it, and no more. [hanota
 * H19]
 */
public final class Quarantine {
  private final PendingChanges pending;
  private final int quarantineAfter;

  /** How many more devices failed with a file than run it. */
  private final Map<Octets, Integer> failures = new HashMap<>();

  /** Knows of no failure yet. */
  public Quarantine(PendingChanges pending, int quarantineAfter) {
    this.pending = pending;
    this.quarantineAfter = quarantineAfter;
  }

  /** Takes up what was stored. */
  public void start(Map<Octets, Integer> stored) {
    failures.putAll(stored);
  }

  /** Failures are forgotten with their image: one that was taken out and put in again is new. */
  public void keepOnly(Set<Octets> files) {
    for (Octets sha256 : List.copyOf(failures.keySet())) {
      if (!files.contains(sha256)) {
        failures.remove(sha256);
        pending.addFailures(sha256, 0);
      }
    }
  }

  /** Whether an image is offered to nobody. */
  public boolean holds(StoredImage stored) {
    return holds(stored.sha256());
  }

  /** The files that are offered to nobody. */
  public Set<Octets> held() {
    Set<Octets> held = new TreeSet<>(failures.keySet());
    held.removeIf(file -> !holds(file));
    return held;
  }

  private boolean holds(Octets sha256) {
    return failures(sha256) >= quarantineAfter;
  }

  /** How many more devices failed with a file than run it. */
  public int failures(Octets sha256) {
    return failures.getOrDefault(sha256, 0);
  }

  /** Whether a device that fails now is a witness: it was not one before. */
  public static boolean isNewWitness(Ends ends, Octets sha256) {
    return ends.with(sha256).filter(FileEnd::witness).isEmpty();
  }

  /** A witness failed. Returns whether the image is quarantined by that. */
  public boolean failed(Octets sha256) {
    boolean before = holds(sha256);
    put(sha256, failures(sha256) + 1);
    return !before && holds(sha256);
  }

  /** A witness runs the image; a quarantine ends only with the image. */
  public void confirmed(Ends ends, Now now, Octets sha256) {
    boolean isNew = ends.with(sha256).filter(end -> end.failure().isEmpty()).isEmpty();
    ends.confirmed(now, sha256);
    if (isNew && failures(sha256) > 0 && !holds(sha256)) {
      put(sha256, failures(sha256) - 1);
    }
  }

  private void put(Octets sha256, int count) {
    if (count == 0) {
      failures.remove(sha256);
    } else {
      failures.put(sha256, count);
    }
    pending.addFailures(sha256, count);
  }

  /** Writes the failures that count. */
  public void describe(StateWriter out) {
    new TreeMap<>(failures).forEach((file, count) -> out.put("failures of " + file.toHex(), count));
  }
}
