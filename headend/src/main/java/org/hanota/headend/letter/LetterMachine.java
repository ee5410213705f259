// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.letter;

import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendResult;

/** A machine of the head end: it lives by inputs and time, and is on no air. */
public interface LetterMachine extends Machine {
  /** Nothing reaches it over the air. */
  @Override
  default void onReceive(Now now, Received received, Effects effects) {}

  /** It sends nothing over the air. */
  @Override
  default void onSent(Now now, long sendId, SendResult result, Effects effects) {}
}
