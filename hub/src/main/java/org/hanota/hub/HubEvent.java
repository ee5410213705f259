// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Event;

/** What happens to a hub that concerns no single update. */
public sealed interface HubEvent extends Event {
  /** An image failed so often in a row that it is no longer offered. */
  record Quarantined(String image, int failures) implements HubEvent {}

  /** A lower version is installed on purpose. */
  record DowngradePermitted(Eui64 device, ImageId image, String reason) implements HubEvent {}
}
