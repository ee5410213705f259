// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Optional;
import org.hanota.api.machine.Input;
import org.hanota.otaformat.Verification;
import org.hanota.otaformat.VerifiedImage;

/** What a device is told besides messages and time. */
public sealed interface DeviceInput extends Input {
  /** The application wants a query now. */
  record QueryNow() implements DeviceInput {}

  /** The application gives the update up. */
  record Abort() implements DeviceInput {}

  /** Job ERASE ended. */
  record Erased() implements DeviceInput {}

  /** Job VERIFY ended, the device's {@code check}-th since its start. */
  record VerificationDone(int check, Verification verification) implements DeviceInput {}

  /**
   * Job VERIFY of a part that is not the last ended, the {@code check}-th since the start; {@code
   * fault} says what is wrong with the part.
   */
  record PartChecked(int check, Optional<String> fault) implements DeviceInput {}

  /** Job SWAP ended: the slot still holds {@code image}, which may be put in place. */
  record SwapChecked(VerifiedImage image) implements DeviceInput {}

  /** Job SWAP ended: the image may not be put in place. */
  record SwapRefused(boolean hashMismatch, String reason) implements DeviceInput {}

  /** The new image has tried itself. */
  record SelfTested(boolean passed) implements DeviceInput {}
}
