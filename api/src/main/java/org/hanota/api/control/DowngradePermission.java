// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

/**
 * Permits the installation of a lower version than the one that runs; kept with the offer and told
 * in its events.
 *
 * @param reason why, never empty
 */
public record DowngradePermission(String reason) {
  /** Refuses an empty reason. */
  public DowngradePermission {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("reason is empty, allowed a reason");
    }
  }

  /** A permission with its reason. */
  public static DowngradePermission because(String reason) {
    return new DowngradePermission(reason);
  }
}
