// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.machine.UpdateEvent;

/**
 * How the updates of the devices of a run stand. A server that answers ABORT may ask a device to
 * begin anew, as for a file that was replaced, so an abort counts as a failure only once a query
 * after it has brought nothing.
 */
final class Outcomes {
  private final FileVersion wanted;

  // Guarded by this object.
  private final Set<Eui64> updated = new HashSet<>();
  private final Set<Eui64> told = new HashSet<>();
  private final Set<Eui64> failed = new HashSet<>();

  /** The queries of devices since a server's abort, while nothing has come of them. */
  private final Map<Eui64, Integer> queriesAfterAbort = new HashMap<>();

  /**
   * @param wanted the version that every device shall run
   */
  Outcomes(FileVersion wanted) {
    this.wanted = wanted;
  }

  /** Whether that is the version that every device shall run. */
  boolean isWanted(FileVersion version) {
    return version.equals(wanted);
  }

  /** It runs the image from the beginning. */
  synchronized void runsAlready(Eui64 device) {
    updated.add(device);
  }

  /** It is served by nobody, so it is never updated. */
  synchronized void refused(Eui64 device) {
    failed.add(device);
  }

  /** Something happened to a device; returns whether it now runs the image. */
  synchronized boolean happened(UpdateEvent event) {
    Eui64 device = event.device();
    if (event instanceof UpdateEvent.Querying) {
      queried(device);
      return false;
    }
    queriesAfterAbort.remove(device);
    if (event instanceof UpdateEvent.Confirmed confirmed
        && confirmed.image().fileVersion().equals(wanted)) {
      failed.remove(device);
      updated.add(device);
      return true;
    }
    if (event instanceof UpdateEvent.Failed broken) {
      if (broken.failure() == UpdateEvent.Failure.ABORTED) {
        queriesAfterAbort.put(device, 0);
      } else {
        failed.add(device);
      }
    }
    return false;
  }

  private void queried(Eui64 device) {
    if (updated.contains(device)) {
      // With this query the hub hears which version runs.
      told.add(device);
    }
    Integer queries = queriesAfterAbort.computeIfPresent(device, (unused, before) -> before + 1);
    if (queries != null && queries > 1) {
      failed.add(device);
    }
  }

  /** So many run the image. */
  synchronized int updated() {
    return updated.size();
  }

  /** How many devices are updated or have failed for good. */
  synchronized int settled() {
    return told.size() + failed.size();
  }
}
