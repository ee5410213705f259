// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

/**
 * What a device counted since its last start.
 *
 * @param blocks blocks stored
 * @param retries requests sent again
 * @param rests rests after {@code blockRetryLimit} tries without an answer
 * @param ignored messages that did not fit: repeated blocks, wrong offsets, strangers
 * @param queries Query Next Image Requests
 */
public record DeviceCounts(long blocks, long retries, long rests, long ignored, long queries) {
  /** Both together, for a device that was started again. */
  public DeviceCounts plus(DeviceCounts more) {
    return new DeviceCounts(
        blocks + more.blocks,
        retries + more.retries,
        rests + more.rests,
        ignored + more.ignored,
        queries + more.queries);
  }

  /** Nothing counted. */
  public static final DeviceCounts NONE = new DeviceCounts(0, 0, 0, 0, 0);
}
