// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Event;
import org.hanota.api.node.NodeEvent;
import org.hanota.cli.ClockText;
import org.hanota.device.DeviceEvent;

/** What happens to a device besides its update, in plain words. */
final class DeviceText {
  private DeviceText() {}

  /** One line; empty for what a person need not read. */
  static Optional<String> of(Eui64 device, Event event) {
    return words(event).map(words -> "device " + device + ": " + words);
  }

  private static Optional<String> words(Event event) {
    if (event instanceof NodeEvent.Failed failed) {
      return Optional.of(failed.toString());
    }
    if (event instanceof DeviceEvent.ClockDoubted doubted) {
      return Optional.of(ClockText.doubted(doubted.shownUtcMillis()));
    }
    if (event instanceof DeviceEvent.ClockTrusted trusted) {
      return Optional.of(ClockText.trusted(trusted.utcMillis()));
    }
    if (event instanceof DeviceEvent.DowngradePermitted permitted) {
      return Optional.of(
          permitted.image().fileVersion()
              + " takes the place of the higher "
              + permitted.running()
              + ": "
              + permitted.reason());
    }
    if (event instanceof DeviceEvent.NoImage none) {
      return Optional.of(
          "the hub has no image for it now ("
              + none.status()
              + "); it runs "
              + none.running()
              + " and asks again");
    }
    if (event instanceof DeviceEvent.PowerLow low) {
      return Optional.of(
          "power is at " + low.percent() + " %, " + low.neededPercent() + " % are needed");
    }
    return Optional.empty();
  }
}
