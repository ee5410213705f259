// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

/**
 * The power went away during a storage operation. Whatever the machine wanted to do in the same
 * call is discarded, so nothing is ever sent that was not stored first.
 */
public final class PowerLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param where the operation that was cut
   */
  public PowerLost(String where) {
    super("power lost at " + where);
  }
}
