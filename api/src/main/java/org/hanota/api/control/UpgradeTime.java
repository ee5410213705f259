// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import org.hanota.api.machine.StateWriter;

/** When a verified image shall run. [ZCL 11.11.4] */
public sealed interface UpgradeTime {
  /** At once. */
  record Now() implements UpgradeTime {
    /** One for all. */
    public static final Now AT_ONCE = new Now();
  }

  /** At a time of day, in Unix milliseconds. */
  record At(long utcMillis) implements UpgradeTime {}

  /** Not before something else than the hub's response says so. */
  record Held() implements UpgradeTime {}

  /** Writes it, a time of day as such. */
  default void describe(String name, StateWriter out) {
    if (this instanceof At at) {
      out.putUtc(name, at.utcMillis());
    } else {
      out.put(name, this);
    }
  }
}
