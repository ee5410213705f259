// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.Optional;
import org.hanota.api.machine.Peer;
import org.hanota.transport.serial.stick.Fate;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.znp.ZnpStatus;

/** What stick and air do to messages; asked once for each message. */
public interface Conditions {
  /** Everything arrives. */
  Conditions GOOD = new Conditions() {};

  /** The stick's answer to the host: anything but delivered, and nothing is sent. */
  default Fate answer(Outgoing message) {
    return Fate.DELIVERED;
  }

  /** The stick's confirm for a device that is there; empty: none ever comes. */
  default Optional<Fate> confirm(Outgoing message) {
    return Optional.of(Fate.DELIVERED);
  }

  /** Whether the device hears it, whatever the confirm says. */
  default boolean arrives(Outgoing message) {
    return true;
  }

  /** What becomes of a write to an item of the stick's memory: anything but success, and none. */
  default ZnpStatus written(int item) {
    return ZnpStatus.SUCCESS;
  }

  /** What becomes of reading an item of the stick's memory. */
  default ZnpStatus read(int item) {
    return ZnpStatus.SUCCESS;
  }

  /** Whether a network that is formed or resumed starts. */
  default boolean starts() {
    return true;
  }

  /** Whether the stick hears a message of that device. */
  default boolean heard(Peer device) {
    return true;
  }
}
