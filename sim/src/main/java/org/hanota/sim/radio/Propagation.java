// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

/**
 * Says what reaches whom: range, loss and damage that the check sequence sees, and stations that
 * are off. Asked once for each try and each receiver.
 *
 * @param <F> what the frames are to their sender
 */
@FunctionalInterface
public interface Propagation<F> {
  /** Whether the frame, or its acknowledgement on the way back, arrives whole. */
  boolean reaches(long nanos, int from, int to, F frame, boolean isAcknowledgement);
}
