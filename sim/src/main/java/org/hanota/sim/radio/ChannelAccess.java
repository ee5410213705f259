// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

/** How one station finds out whether it may send. Each answer is a time, or that there is none. */
interface ChannelAccess {
  /** The channel was not free as often as the station may look. */
  long FAILED = -1;

  /** How long before the first moment at which a station may send it begins to listen. */
  long leadNanos();

  /** Begins; returns when to look whether the channel is free. */
  long begin(long now, int unacknowledgedTries);

  /** Whether a station listens before it sends at all. */
  boolean looks();

  /** For how long the channel has to have been free when the station looks. */
  long windowNanos();

  /** The channel was not free; returns when to look again, or {@link #FAILED}. */
  long busy(long now, long freeFrom);

  /** Sends without looking. */
  final class AtOnce implements ChannelAccess {
    @Override
    public long leadNanos() {
      return 0;
    }

    @Override
    public long begin(long now, int unacknowledgedTries) {
      return now;
    }

    @Override
    public boolean looks() {
      return false;
    }

    @Override
    public long windowNanos() {
      return 0;
    }

    @Override
    public long busy(long now, long freeFrom) {
      throw new AssertionError("looked at a channel that it does not look at");
    }
  }
}
