// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import org.hanota.api.Eui64;
import org.hanota.api.Width;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.key.KeyStore;

/**
 * What a hub needs to take part in GBCS.
 *
 * @param accessControlBroker who is told how transfers end
 * @param keys its own signing key
 * @param counters its own counter
 * @param tunnelId of the tunnels to its devices, uint16
 */
public record HubGbcsConfig(
    Eui64 accessControlBroker, KeyStore keys, CounterStore counters, int tunnelId) {
  /** Checks the width of the tunnel id. */
  public HubGbcsConfig {
    Width.uint16("tunnelId", tunnelId);
  }
}
