// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import org.hanota.transport.serial.ezsp.EzspDialect;
import org.hanota.transport.serial.stick.Dialect;
import org.hanota.transport.serial.znp.ZnpDialect;

/** What a stick speaks. */
public enum StickFamily {
  /** TI's Z-Stack. */
  ZNP,
  /** Silicon Labs' EmberZNet. */
  EZSP;

  /** How a host talks with such a stick. */
  public Dialect.Maker dialect() {
    return switch (this) {
      case ZNP -> ZnpDialect::new;
      case EZSP -> EzspDialect::new;
    };
  }
}
