// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import org.hanota.api.Eui64;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.payload.ActiveDevice;

/** A device as hubs of tests log it. */
public final class Logged {
  private Logged() {}

  public static ActiveDevice device(Eui64 id) {
    return new ActiveDevice(
        id,
        0,
        -50,
        -50,
        -50,
        100,
        100,
        100,
        CosemDateTime.ofUtcMillis(1_795_000_000_000L),
        1,
        0,
        0,
        1,
        1);
  }
}
