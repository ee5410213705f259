// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import org.hanota.device.ActivationSteps.Clock;
import org.hanota.device.ActivationSteps.Response;
import org.hanota.device.FailingStorage.Moment;
import org.junit.jupiter.api.Test;

/** Sequences that a search once found, each as it was shrunk. */
class FoundSequencesTest {
  private static final long DAY_MS = 86_400_000;

  /** The journal kept a doubt that had ended: a restart doubted the right clock once more. */
  @Test
  void aDoubtThatHasEndedDoesNotComeBack() {
    ActivationWorld world = new ActivationWorld(false, ActivationFault.NONE);
    Clock.TWO_DAYS_FAST.set(world);
    world.device.pass(DAY_MS);
    world.device.start();
    world.load(true, 2, true);
    world.device.cut(0, Moment.AFTER);
    Response.IN_A_MINUTE_BY_THE_CLOCK.send(world);
    world.ends();
  }
}
