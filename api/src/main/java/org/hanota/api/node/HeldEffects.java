// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.jspecify.annotations.Nullable;

/** What calls of a machine wanted, until what they have left to store is stored. */
final class HeldEffects {
  private final boolean gathers;
  private final Deque<Runnable> held = new ArrayDeque<>();
  private @Nullable Machine machine;

  /**
   * Nothing is held yet.
   *
   * @param gathers whether calls are stored together at all
   */
  HeldEffects(boolean gathers) {
    this.gathers = gathers;
  }

  /** From now on it is about that machine; without one nothing is held. */
  void of(@Nullable Machine made) {
    held.clear();
    machine = made;
    if (gathers && made != null) {
      made.gather();
    }
  }

  int owed() {
    return machine == null ? 0 : machine.owed();
  }

  /** Whether what is wanted now has to wait. */
  boolean keeps() {
    return gathers && (!held.isEmpty() || owed() > 0);
  }

  void keep(Runnable wanted) {
    held.add(wanted);
  }

  void keepOrDo(Runnable wanted) {
    if (keeps()) {
      held.add(wanted);
    } else {
      wanted.run();
    }
  }

  /** Has it stored, and does what was wanted; what is left after a restart is forgotten. */
  void settle(Now now) {
    if (machine != null) {
      machine.settle(now);
    }
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }
}
