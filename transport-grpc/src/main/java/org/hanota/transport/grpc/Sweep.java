// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.function.Consumer;
import org.hanota.api.transport.Scheduler;

/**
 * Looks now and then whether what is open may stay so: the list of revoked certificates is read
 * again where it changed, and then whoever serves or connects looks through its own. [hanota H71]
 * [hanota H72]
 */
final class Sweep {
  private Sweep() {}

  /**
   * Begins, and goes on as long as the scheduler does.
   *
   * @param looks ends those whose certificate counts no longer
   */
  static void begin(
      Scheduler scheduler,
      GrpcLimits limits,
      Standing standing,
      Consumer<HanEvent> listener,
      Runnable looks) {
    scheduler.schedule(
        limits.nanos(GrpcParameter.RESULT_DEADLINE) / Link.SWEEPS,
        () -> {
          standing.refresh(listener);
          looks.run();
          begin(scheduler, limits, standing, listener, looks);
        });
  }
}
