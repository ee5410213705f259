// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.capacity;

import org.hanota.headend.store.Stored;

/**
 * What a campaign was promised of a region's WAN on one day.
 *
 * @param day days since 1970, UTC
 * @param cellOctets octets of firmware in each cell
 */
public record Booking(String campaign, String region, long day, long cellOctets) implements Stored {
  @Override
  public String key() {
    return "booking " + campaign + " " + region + " " + day;
  }
}
