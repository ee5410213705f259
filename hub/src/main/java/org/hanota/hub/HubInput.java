// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import org.hanota.api.Eui64;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.Input;

/** What a hub is told besides messages and time. */
public sealed interface HubInput extends Input {
  /** Offer an image to a device. */
  record Start(Offer offer) implements HubInput {}

  /** Hold a device's transfer. */
  record Pause(Eui64 device) implements HubInput {}

  /** Let it go on. */
  record Resume(Eui64 device) implements HubInput {}

  /** Give a device's update up. */
  record Abort(Eui64 device) implements HubInput {}

  /** The image store has other images than before. */
  record ImagesChanged() implements HubInput {}
}
