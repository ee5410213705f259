// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.util.Optional;
import org.hanota.api.machine.Event;
import org.hanota.cli.ClockText;
import org.hanota.hub.HubEvent;

/** What people read of the events of a hub that concern no single update. */
final class HubText {
  private HubText() {}

  /** One line; empty for what is told in another way, or concerns an update. */
  static Optional<String> of(Event event) {
    if (event instanceof HubEvent.ClockDoubted doubted) {
      return Optional.of(ClockText.doubted(doubted.shownUtcMillis()));
    }
    if (event instanceof HubEvent.ClockTrusted trusted) {
      return Optional.of(ClockText.trusted(trusted.utcMillis()));
    }
    if (event instanceof HubEvent.Quarantined image) {
      return Optional.of(
          image.image()
              + " is quarantined: "
              + image.failures()
              + " more devices failed with it than run it; nobody is offered it any more");
    }
    if (event instanceof HubEvent.DowngradePermitted permitted) {
      return Optional.of(
          "device "
              + permitted.device()
              + " gets the lower version "
              + permitted.image().fileVersion()
              + ": "
              + permitted.reason());
    }
    if (event instanceof HubEvent.NotForwarded message) {
      return Optional.of("a message of the head end was not forwarded: " + message.reason());
    }
    if (event instanceof HubEvent.ImageDiscarded image) {
      return Optional.of(image.image() + " was not taken: " + image.reason());
    }
    return Optional.empty();
  }
}
