// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * TransferData of the Tunneling cluster, which carries a GBCS message between hub and device. The
 * tunnel is assumed to be open. [ZSE D.6.2.4]
 *
 * @param direction 0x01 travels from the tunnel's server, 0x02 from its client
 * @param tunnelId uint16
 * @param octets the message
 */
public record Tunnelled(Direction direction, int tunnelId, Octets octets) implements ZclMessage {
  /** TransferData from the client of the tunnel. */
  public static final int FROM_CLIENT = 0x02;

  /** TransferData from the server of the tunnel. */
  public static final int FROM_SERVER = 0x01;

  /** Checks the width of the tunnel id. */
  public Tunnelled {
    Width.uint16("tunnelId", tunnelId);
  }

  @Override
  public int clusterId() {
    return Clusters.TUNNELING;
  }

  @Override
  public int commandId() {
    return direction == Direction.CLIENT_TO_SERVER ? FROM_CLIENT : FROM_SERVER;
  }
}
