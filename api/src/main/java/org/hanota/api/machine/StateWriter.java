// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

/** Takes a machine's state in canonical form: the same state gives the same calls. */
public interface StateWriter {
  /**
   * Writes one field.
   *
   * @param name the field
   * @param value its value, whose {@code toString} tells all of it
   */
  StateWriter put(String name, Object value);
}
