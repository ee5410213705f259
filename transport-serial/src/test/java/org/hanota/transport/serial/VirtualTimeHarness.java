// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import java.util.function.BooleanSupplier;
import org.hanota.transport.serial.port.MemoryLink;

/** A line in memory, at the pace of a UART in virtual time. */
final class VirtualTimeHarness extends StickHarness {
  private static final long DAY = 86_400_000;
  private static final long MINUTE = 60_000;

  private final VirtualTime clock;

  private VirtualTimeHarness(StickFamily family, MemoryLink line, VirtualTime clock) {
    super(family, line.left(), line.right(), clock, clock);
    this.clock = clock;
  }

  static VirtualTimeHarness make(StickFamily family) {
    VirtualTime clock = new VirtualTime();
    return new VirtualTimeHarness(family, new MemoryLink(clock, BAUD), clock);
  }

  @Override
  public boolean await(BooleanSupplier done) {
    return clock.until(done, DAY);
  }

  @Override
  public void settle() {
    clock.pass(MINUTE);
  }

  @Override
  public void close() {
    super.close();
    clock.pass(MINUTE);
  }
}
