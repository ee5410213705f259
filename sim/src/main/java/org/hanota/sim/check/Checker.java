// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.OptionalLong;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.gbcs.Message;

/**
 * Judges one invariant by what is seen of a home. It keeps what it needs to know itself, and says
 * whether its premise was ever reached: an invariant that nothing put to the test was not checked.
 */
abstract class Checker {
  /** Is told of what does not hold. */
  @FunctionalInterface
  interface Judge {
    /** Ends the run. */
    InvariantViolated violated(String invariant, Subject device, String what);
  }

  private final String invariant;
  private final String sometimes;
  private final Judge judge;
  private long checks;
  private long reached;

  /**
   * @param invariant its number in the design
   * @param sometimes what must have happened in some run, for people
   */
  Checker(String invariant, String sometimes, Judge judge) {
    this.invariant = invariant;
    this.sometimes = sometimes;
    this.judge = judge;
  }

  /** Its number, as in I7. */
  final String invariant() {
    return invariant;
  }

  /** What must have happened in some run. */
  final String sometimes() {
    return invariant + " " + sometimes;
  }

  /** How often that happened. */
  final long reached() {
    return reached;
  }

  /** How often it was checked. */
  final long checks() {
    return checks;
  }

  /** Its premise is there. */
  final void reach() {
    reached++;
  }

  final void check(boolean holds, Subject device, String what) {
    if (!isCounted(holds)) {
      throw violated(device, what);
    }
  }

  /** The same for what is checked at each block: no text is made for what holds. */
  final boolean isCounted(boolean holds) {
    checks++;
    return holds;
  }

  final InvariantViolated violated(Subject device, String what) {
    return judge.violated(invariant, device, what);
  }

  /**
   * A frame came.
   *
   * @param isChanged whether it is not what was sent: nobody is to blame for such an answer, and
   *     the answer to such a request is judged by what the hub heard
   */
  void frame(Subject device, boolean toDevice, ZclMessage message, boolean isChanged) {}

  /**
   * A device reported something.
   *
   * @param latestUtcMillis the latest time of day that any clock of the home may show
   */
  void event(Subject device, UpdateEvent event, long latestUtcMillis) {}

  /** A device starts, with this in its bank. */
  void started(Subject device, Journal journal) {}

  /** A device erases or writes to a slot, as {@code does} says. */
  void changes(Subject device, Journal journal, Slot slot, String does) {}

  /**
   * A device saves its journal, which claims so many octets; so many it has written without a gap.
   */
  void saves(Subject device, Journal journal, long claimed, long written) {}

  /** A device puts its image in place, or goes back. */
  void swaps(Subject device, Journal before, Journal after, long latestUtcMillis) {}

  /** A GBCS message left the head end, or reached it. */
  void headEnd(Message message) {}

  /** At the end: the counter that the device has stored of its supplier. */
  void counter(Subject device, OptionalLong stored) {}

  /** At the end of everything, when no fault hinders it any more. */
  void ended(Subject device, boolean isOpen) {}
}
