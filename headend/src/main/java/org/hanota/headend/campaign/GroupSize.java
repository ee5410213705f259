// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/** How many of the devices that are left a group takes. */
public sealed interface GroupSize {
  /** How many of {@code left} devices these are. */
  long of(long left);

  /** Every one. */
  record All() implements GroupSize {
    @Override
    public long of(long left) {
      return left;
    }
  }

  /** So many, a canary for instance. */
  record Count(long devices) implements GroupSize {
    @Override
    public long of(long left) {
      return Math.min(devices, left);
    }
  }

  /** A share of those that no earlier group has; at least one. */
  record ShareOfRemaining(long part, long of) implements GroupSize {
    @Override
    public long of(long left) {
      return left == 0 ? 0 : Math.max(1, left * part / of);
    }
  }
}
