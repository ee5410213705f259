// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

/** The timers of a hub, one for each part that has to be looked at again by itself. */
public enum HubTimer {
  /** An update has been in its phase for long, or is notified again. */
  UPDATES,
  /** An unsolicited response that its device did not hear goes out again. */
  RESPONSES,
  /** The next block of a page is due. */
  PAGE,
  /** Devices have been silent for long. */
  DEVICES,
  /** What was gathered is stored. */
  STORE,
  /** A clock in doubt, or a time off that is not confirmed yet, is looked at again. */
  CLOCK,
  /** The relay of GBCS messages sends one again. */
  RELAY
}
