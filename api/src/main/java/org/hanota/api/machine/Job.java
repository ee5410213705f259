// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import java.util.function.Supplier;

/**
 * Work that takes time: the driver runs it outside the machine, possibly on another thread, and
 * gives the machine the input that it returns. The end of a {@link Kind#REBOOT} is the machine's
 * own {@code onStart}.
 *
 * @param kind what sort of work, for a driver that models or limits its time
 * @param octets how many octets it has to go through
 * @param work the work; uses values that it has captured and storage ports, never the machine's
 *     fields, since the machine goes on meanwhile. What it throws is a failure of the node, {@link
 *     PowerLost} a power cut.
 */
public record Job(Kind kind, long octets, Supplier<Input> work) {
  /** Sorts of work. */
  public enum Kind {
    /** Clears room for an image. */
    ERASE,
    /** Checks an image. */
    VERIFY,
    /** Makes another image the one that runs at the next start. */
    SWAP,
    /** Starts the node again. */
    REBOOT
  }

  /** Starts the node again; the driver makes a new machine. */
  public static Job reboot() {
    return new Job(
        Kind.REBOOT,
        0,
        () -> {
          throw new AssertionError("a reboot has no work of its own");
        });
  }
}
