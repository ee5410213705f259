// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/**
 * When enough devices have succeeded, or too many have failed. Compared exactly, in whole numbers,
 * over devices that have ended. [hanota H91]
 */
public sealed interface Threshold {
  /** The most devices of a campaign: products of two such numbers fit a long. */
  long LARGEST = 1_000_000_000;

  /**
   * Whether it is met.
   *
   * @param count devices that succeeded, or failed
   * @param ended devices that came to any end
   */
  boolean isMet(long count, long ended);

  /**
   * Whether it can still be met, if every device that is left counts.
   *
   * @param left devices without an end
   */
  default boolean isWithinReach(long count, long ended, long left) {
    return isMet(count + left, ended + left);
  }

  /** How many more must count, if every device that is left does, before it is met; 0 for none. */
  long missing(long count, long ended, long left);

  /** So many devices. */
  record Count(long devices) implements Threshold {
    @Override
    public boolean isMet(long count, long ended) {
      return count >= devices;
    }

    @Override
    public long missing(long count, long ended, long left) {
      return Math.max(0, devices - count - left);
    }

    @Override
    public String toString() {
      return devices + (devices == 1 ? " device" : " devices");
    }
  }

  /**
   * A share of the devices that have ended.
   *
   * @param part numerator
   * @param of denominator
   * @param minimumEnded before so many have ended it is not met
   */
  record Share(long part, long of, long minimumEnded) implements Threshold {
    @Override
    public boolean isMet(long count, long ended) {
      return ended >= minimumEnded && count * of >= part * ended;
    }

    @Override
    public long missing(long count, long ended, long left) {
      long total = ended + left;
      long wanted = (part * total + of - 1) / of;
      return Math.max(Math.max(0, wanted - count - left), minimumEnded - total);
    }

    @Override
    public String toString() {
      return part + " of " + of + " that have ended, at least " + minimumEnded;
    }
  }
}
