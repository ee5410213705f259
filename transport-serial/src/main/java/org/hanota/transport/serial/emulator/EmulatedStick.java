// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.Network;

/** What a family of sticks adds to the {@link Emulator}: what it says on its line. */
interface EmulatedStick extends Air.Coordinator {
  /** What the stick may do. */
  interface Surroundings {
    /** Octets for the host. */
    void write(Octets octets);

    /** Does something later, unless the stick restarts before. */
    void after(long nanos, Runnable task);

    /** Restarts: what is to happen later is void, and {@link #restarted} is called in a while. */
    void restart();

    /** Monotonic time. */
    long nanos();
  }

  /** The line was opened anew. */
  void opened();

  /** Octets came from the host. */
  void octets(Octets octets);

  /** A restart begins: the stick is deaf until {@link #restarted}. */
  void restarting();

  /** The stick has restarted, for whatever reason. */
  void restarted();

  /** The network it is in. */
  Network network();
}
