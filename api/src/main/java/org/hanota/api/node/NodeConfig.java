// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import org.hanota.api.Width;
import org.hanota.api.machine.Peer;

/**
 * What an endpoint must know of its node.
 *
 * @param self its address
 * @param profileId of the frames that it sends, uint16
 * @param otaServer whether it is the server of the OTA cluster; else it is a client
 * @param apsEncryption whether its profile demands APS encryption of unicast OTA commands, as Smart
 *     Energy does
 */
public record NodeConfig(Peer self, int profileId, boolean otaServer, boolean apsEncryption) {
  /** Checks the width of the profile. */
  public NodeConfig {
    Width.uint16("profileId", profileId);
  }
}
