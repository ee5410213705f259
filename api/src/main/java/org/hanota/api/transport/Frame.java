// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.transport;

import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;

/**
 * A frame as a transport carries it, encoded.
 *
 * @param source who sends it
 * @param destination to whom, or {@link Peer#BROADCAST}
 * @param profileId uint16
 * @param clusterId uint16
 * @param options how it travels
 * @param zcl the ZCL frame; valid until the callback that brings it returns
 */
public record Frame(
    Peer source, Peer destination, int profileId, int clusterId, SendOptions options, Octets zcl) {
  /** Checks the widths. */
  public Frame {
    Width.uint16("profileId", profileId);
    Width.uint16("clusterId", clusterId);
  }

  /** The same frame with other octets. */
  public Frame withZcl(Octets other) {
    return new Frame(source, destination, profileId, clusterId, options, other);
  }
}
