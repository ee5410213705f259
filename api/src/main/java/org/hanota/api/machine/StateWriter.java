// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

/**
 * Takes a machine's state in canonical form: the same state gives the same calls. What a machine
 * writes decides all that it does from here on, and nothing else is written: no statistics. Two
 * machines of one configuration and with one storage that write the same behave alike. Times and
 * frames have methods of their own, since a reader may take them relative to the present.
 */
public interface StateWriter {
  /**
   * Writes one field.
   *
   * @param name the field
   * @param value its value, whose {@code toString} tells all of it
   */
  StateWriter put(String name, Object value);

  /**
   * Writes a moment of the node's monotonic clock; {@link Long#MAX_VALUE} and {@link
   * Long#MIN_VALUE} are none.
   */
  default StateWriter putNanos(String name, long monotonicNanos) {
    return put(name, monotonicNanos);
  }

  /** Writes a moment of the time of day, or {@link Now#UTC_UNKNOWN}. */
  default StateWriter putUtc(String name, long utcMillis) {
    return put(name, utcMillis);
  }

  /** Writes the number of a frame that was sent; 0 is none. */
  default StateWriter putSent(String name, long sendId) {
    return put(name, sendId);
  }
}
