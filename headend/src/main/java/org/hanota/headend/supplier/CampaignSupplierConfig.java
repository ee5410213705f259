// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.List;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.headend.capacity.RegionCapacity;

/**
 * What a supplier with campaigns is.
 *
 * @param dialogue its requests
 * @param keys the certificates of its devices, by which it believes what they say
 * @param estate its devices and the images that may be used
 * @param regions what the WAN carries
 */
public record CampaignSupplierConfig(
    SupplierConfig dialogue, KeyStore keys, SupplierEstate estate, List<RegionCapacity> regions) {
  /** Keeps a copy of the list. */
  public CampaignSupplierConfig {
    regions = List.copyOf(regions);
  }
}
