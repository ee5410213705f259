// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import org.hanota.api.machine.SendOptions.Priority;

/** What a station may still send, by its airtime in the last hour. */
public enum DutyState {
  /** Everything. */
  NORMAL,
  /** Everything but blocks: an update yields first. */
  LIMITED,
  /** Metering and control alone. */
  CRITICAL,
  /** Nothing, acknowledgements included. */
  REGULATED;

  boolean allows(Priority priority) {
    return switch (this) {
      case NORMAL -> true;
      case LIMITED -> priority != Priority.BULK;
      case CRITICAL -> priority == Priority.METERING;
      case REGULATED -> false;
    };
  }
}
