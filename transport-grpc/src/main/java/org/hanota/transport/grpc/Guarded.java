// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.function.Consumer;

/** A listener whose own faults go to the thread's handler and break nothing of the transport. */
record Guarded(Consumer<HanEvent> listener) implements Consumer<HanEvent> {
  @Override
  public void accept(HanEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException fault) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
    }
  }
}
