// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.Optional;
import org.hanota.api.Octets;

/**
 * Something to be asked or done at a stick between one opening of its port and its closing.
 *
 * @param <T> what comes out
 */
public interface ShortVisit<T> {
  /** The port is open. */
  void onOpen(long nanos);

  /** Octets came. */
  void onOctets(long nanos, Octets octets);

  /** The time of {@link #wakeAt} has come. */
  void onTimer(long nanos);

  /** When {@link #onTimer} is due. */
  long wakeAt();

  /** What came out; empty while it is under way. */
  Optional<T> result();
}
