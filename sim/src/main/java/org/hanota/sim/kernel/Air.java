// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import org.hanota.api.machine.Peer;
import org.hanota.api.transport.Frame;

/**
 * Carries frames between nodes. What it does later is pending events of the kernel, never a call
 * from inside one of its own methods.
 */
public interface Air {
  /** A node sends a frame; it is told once what became of it. */
  void send(Kernel kernel, int from, long sendId, Frame frame);

  /** A node looks for a server of the cluster; it is told once. */
  void discover(Kernel kernel, int from, int clusterId);

  /** A frame is there: hands it to its node. */
  void arrive(Kernel kernel, Pending.Deliver frame);

  /** A node wants frames soon from now on, or no more; air where nobody sleeps does nothing. */
  default void pollFast(Kernel kernel, int node, boolean wanted) {}

  /** The most octets of one ZCL frame to that node in one piece. */
  int maximumPayload(Peer destination);
}
