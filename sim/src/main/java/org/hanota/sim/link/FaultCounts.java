// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

/**
 * How often each fault of {@link LinkFaults} fired, and how many frames there were at all.
 *
 * @param frames frames sent
 * @param dropped frames lost
 * @param acknowledgementsDropped frames that came while their acknowledgement was lost
 * @param repeated frames that came twice
 * @param reordered frames held back
 * @param corrupted frames changed and dropped for it
 * @param corruptedUndetected frames changed and delivered
 * @param delayed frames that came late
 */
public record FaultCounts(
    long frames,
    long dropped,
    long acknowledgementsDropped,
    long repeated,
    long reordered,
    long corrupted,
    long corruptedUndetected,
    long delayed) {}
