// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.estate;

import org.hanota.api.Eui64;
import org.hanota.headend.store.Stored;

/**
 * Who supplies a supply, as the registers of networks and gas transporters have it: he alone may
 * gain its meter by 6.23. [hanota H80]
 *
 * @param mpxn number of the supply
 * @param supplier its supplier, or who will be
 */
public record Registration(String mpxn, Eui64 supplier) implements Stored {
  @Override
  public String key() {
    return key(mpxn);
  }

  /** The key of the registration of that supply. */
  static String key(String mpxn) {
    return "registration " + mpxn;
  }
}
