// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import org.hanota.api.Eui64;
import org.hanota.api.Width;

/**
 * Another node, or all of them. A transport finds out short addresses by itself.
 *
 * @param address the node
 * @param endpoint uint8
 */
public record Peer(Eui64 address, int endpoint) implements Comparable<Peer> {
  /** Every node that listens; on a radio 0xFFFD, receiver on when idle. */
  public static final Peer BROADCAST = new Peer(Eui64.UNKNOWN, 0xFF);

  /** Checks the width of the endpoint. */
  public Peer {
    Width.uint8("endpoint", endpoint);
  }

  /** Whether this is {@link #BROADCAST}. */
  public boolean isBroadcast() {
    return address.equals(Eui64.UNKNOWN);
  }

  @Override
  public int compareTo(Peer other) {
    int order = address.compareTo(other.address);
    return order != 0 ? order : Integer.compare(endpoint, other.endpoint);
  }

  @Override
  public String toString() {
    return isBroadcast() ? "broadcast" : address + "/" + endpoint;
  }
}
