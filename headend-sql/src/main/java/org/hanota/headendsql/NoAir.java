// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import org.hanota.api.machine.Peer;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;

/** The transport of a machine that is on no air. */
final class NoAir implements Transport {
  @Override
  public void open(Receiver receiver) {}

  @Override
  public void send(long sendId, Frame frame) {
    throw new AssertionError("a machine of a head end sends nothing over the air: " + frame);
  }

  @Override
  public void discover(int profileId, int clusterId) {
    throw new AssertionError("a machine of a head end looks for no server");
  }

  @Override
  public int maximumPayload(Peer destination) {
    throw new AssertionError("a machine of a head end sends nothing over the air");
  }

  @Override
  public void close() {}
}
