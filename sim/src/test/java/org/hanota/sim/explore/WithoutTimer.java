// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import org.hanota.api.machine.Effects;
import org.hanota.sim.ForwardingEffects;

/** Passes on what a machine wants, but for its timer. */
final class WithoutTimer extends ForwardingEffects {
  WithoutTimer(Effects effects) {
    super(effects);
  }

  @Override
  public void wakeAt(long monotonicNanos) {
    super.wakeAt(Long.MAX_VALUE);
  }
}
