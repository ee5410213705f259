// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import org.hanota.api.control.HubStatus;

/** Words of a hub that serves, for people. */
final class ServeText {
  private ServeText() {}

  /** The connection to a head end. */
  static String headEnd(HubStatus.HeadEnd headEnd) {
    return headEnd.connected()
        ? "at " + headEnd.address() + " is connected"
        : (headEnd.address().isEmpty() ? "" : "at " + headEnd.address() + " ")
            + "is not connected: "
            + headEnd.reason();
  }
}
