// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;

/**
 * An image that a hub holds.
 *
 * @param name what people call it, most often its file's name
 * @param image manufacturer code, image type and version of its header; the code may be the wild
 *     card
 * @param sizeOctets of the whole file
 * @param sha256 of the whole file
 * @param minimumHardwareVersion the hardware that it is for, from here
 * @param maximumHardwareVersion to here
 * @param upgradeFileDestination the one device that it is for
 * @param quarantined why it is no longer offered, empty while it is
 * @param order what an operator said of it
 */
public record CatalogueImage(
    String name,
    ImageId image,
    long sizeOctets,
    Octets sha256,
    Optional<HardwareVersion> minimumHardwareVersion,
    Optional<HardwareVersion> maximumHardwareVersion,
    Optional<Eui64> upgradeFileDestination,
    Optional<String> quarantined,
    Optional<ImageOrder> order) {}
