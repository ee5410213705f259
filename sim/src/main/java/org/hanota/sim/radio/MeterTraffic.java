// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import java.util.Optional;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendOptions.Priority;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.kernel.SimNode;

/**
 * Metering beside the updates: each device in turn reports to the hub and is sent something by it.
 * It has the channel's time and no other effect; the hub is node 0.
 */
final class MeterTraffic {
  /** Report Attributes from the cluster's server, which wants no default response. */
  private static final int FRAME_CONTROL = 0x18;

  private static final int REPORT_ATTRIBUTES = 0x0A;
  private static final int ATTRIBUTES = 4;
  private static final int UINT48 = 0x25;

  private final long periodNanos;
  private int number;

  MeterTraffic(long periodNanos) {
    this.periodNanos = periodNanos;
  }

  long periodNanos() {
    return periodNanos;
  }

  /** The next frame; none if its sender is off. */
  Optional<Frame> next(Kernel kernel) {
    SimNode hub = kernel.node(0);
    SimNode device = kernel.node(1 + number / 2 % (kernel.nodes() - 1));
    boolean isReport = number++ % 2 == 0;
    SimNode from = isReport ? device : hub;
    return from.isOn()
        ? Optional.of(
            new Frame(
                from.self(),
                (isReport ? hub : device).self(),
                Clusters.PROFILE_SMART_ENERGY,
                Clusters.METERING,
                SendOptions.ACKNOWLEDGED.withPriority(Priority.METERING),
                report(number)))
        : Optional.empty();
  }

  private static Octets report(int number) {
    OctetWriter out = new OctetWriter(64);
    out.uint8(FRAME_CONTROL).uint8(number & 0xFF).uint8(REPORT_ATTRIBUTES);
    for (int attribute = 0; attribute < ATTRIBUTES; attribute++) {
      out.uint16le(attribute).uint8(UINT48).uint32le(number).uint16le(0);
    }
    return out.toOctets();
  }
}
