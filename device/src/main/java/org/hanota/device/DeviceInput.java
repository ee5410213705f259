// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Optional;
import org.hanota.api.machine.Input;
import org.hanota.otaformat.Verification;

/** What a device is told besides messages and time. */
public sealed interface DeviceInput extends Input {
  /** The application wants a query now. */
  record QueryNow() implements DeviceInput {}

  /** The application gives the update up. */
  record Abort() implements DeviceInput {}

  /** Job ERASE of that number ended. */
  record Erased(int number) implements DeviceInput {}

  /** Job VERIFY ended. */
  record VerificationDone(Verification verification) implements DeviceInput {}

  /** Job VERIFY of a part that is not the last ended; {@code fault} says what is wrong with it. */
  record PartChecked(Optional<String> fault) implements DeviceInput {}

  /** Job SWAP ended. */
  record Swapped() implements DeviceInput {}

  /** Job SWAP ended without a swap. */
  record SwapRefused(boolean hashMismatch, String reason) implements DeviceInput {}

  /** The new image has tried itself. */
  record SelfTested(boolean passed) implements DeviceInput {}
}
