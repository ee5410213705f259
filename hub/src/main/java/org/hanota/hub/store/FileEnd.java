// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.control.HubStatus.LastFailure;
import org.hanota.api.machine.StateWriter;

/**
 * How a device ended with a file.
 *
 * @param sha256 of the file
 * @param failure how it failed last; empty if the image runs
 * @param failures uint8: how often it failed; more than that are not counted
 * @param witness whether the device counts as a witness against the image
 * @param utcMillis when it ended, or {@link org.hanota.api.machine.Now#UTC_UNKNOWN}
 */
public record FileEnd(
    Octets sha256, Optional<LastFailure> failure, int failures, boolean witness, long utcMillis) {
  /** Most failures that are counted. */
  public static final int FAILURES_MAX = Width.UINT8_MAX;

  /** Checks the width of the number. */
  public FileEnd {
    Width.range("failures", failures, 0, FAILURES_MAX);
  }

  /** Writes all of it, its time as such. */
  public void describe(StateWriter out) {
    out.put("ended with", sha256.toHex())
        .put("failure", failure)
        .put("failures", failures)
        .put("witness", witness)
        .putUtc("ended at", utcMillis);
  }
}
