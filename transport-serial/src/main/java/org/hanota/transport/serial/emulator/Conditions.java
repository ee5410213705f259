// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.Optional;
import org.hanota.api.machine.Peer;
import org.hanota.transport.serial.znp.DataRequest;
import org.hanota.transport.serial.znp.ZnpStatus;

/** What stick and air do to messages; asked once for each message. */
public interface Conditions {
  /** Everything arrives. */
  Conditions GOOD = new Conditions() {};

  /** The stick's answer to the host: anything but success, and nothing is sent. */
  default ZnpStatus answer(DataRequest request) {
    return ZnpStatus.SUCCESS;
  }

  /** The stick's confirm for a device that is there; empty: none ever comes. */
  default Optional<ZnpStatus> confirm(DataRequest request) {
    return Optional.of(ZnpStatus.SUCCESS);
  }

  /** Whether the device hears it, whatever the confirm says. */
  default boolean arrives(DataRequest request) {
    return true;
  }

  /** Whether the stick hears a message of that device. */
  default boolean heard(Peer device) {
    return true;
  }
}
