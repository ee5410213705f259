// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import org.hanota.api.machine.Input;
import org.hanota.api.machine.Received;
import org.hanota.device.download.BlockOutcome;

/** What a stimulus brings with it. */
sealed interface Cause {
  /** Nothing: a time has come. */
  record Time() implements Cause {}

  /** The same. */
  Cause TIME = new Time();

  /** A message. */
  record Message(Received received) implements Cause {}

  /** An input. */
  record Given(Input input) implements Cause {}

  /** A block that leads to more than the next request. */
  record Block(BlockOutcome outcome) implements Cause {}
}
