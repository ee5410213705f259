// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

/**
 * Takes what happens on a channel, at its virtual time. May give the channel more to send.
 *
 * @param <F> what the frames are to their sender
 */
public interface ChannelListener<F> {
  /** A frame reached a station, whole and for the first time. */
  void arrived(long nanos, int from, int to, F frame);

  /** A station is done with a frame; comes once for each, after its arrival. */
  void ended(long nanos, int station, F frame, Fate fate);

  /**
   * A frame was on the air.
   *
   * @param endNanos when its last octet was
   * @param to the receiver, or {@link Channel#ALL}
   * @param sequence the same for all tries of a frame and their acknowledgements
   * @param repetition 0 for the first time that it was on the air
   * @param isDamaged whether another frame was on the air at the same time
   */
  default void transmitted(
      long startNanos,
      long endNanos,
      int from,
      int to,
      F frame,
      long sequence,
      int repetition,
      boolean isDamaged) {}

  /** An acknowledgement of the frame was on the air. */
  default void acknowledged(
      long startNanos,
      long endNanos,
      int from,
      int to,
      F frame,
      long sequence,
      boolean isDamaged) {}
}
