// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The images that somebody holds, and which of them suits a device.
 *
 * @param entries in the order of the catalogue they come from
 */
public record Catalogue(List<CatalogueEntry> entries) {
  private static final Comparator<CatalogueEntry> BY_VERSION =
      Comparator.comparing(entry -> entry.image().fileVersion());

  /** Copies the list. */
  public Catalogue {
    entries = List.copyOf(entries);
  }

  /** Every image that may run on {@code device}, whatever its version; highest version first. */
  public List<CatalogueEntry> suiting(DeviceDescription device) {
    return entries.stream()
        .filter(entry -> entry.suits(device))
        .sorted(BY_VERSION.reversed())
        .toList();
  }

  /** The highest version above the one that {@code device} runs. */
  public Optional<CatalogueEntry> upgradeFor(DeviceDescription device) {
    return suiting(device).stream()
        .filter(entry -> entry.image().fileVersion().compareTo(device.fileVersion()) > 0)
        .findFirst();
  }
}
