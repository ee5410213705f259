// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;

/**
 * What a device says about itself when it asks for an image. [ZCL 11.13.4]
 *
 * @param manufacturerCode of the device
 * @param imageType that it takes
 * @param fileVersion that it runs
 * @param hardwareVersion where it said so
 * @param address where it is known
 * @param manufacturerName of its basic cluster, where it is known
 * @param modelId of its basic cluster, where it is known
 */
public record DeviceDescription(
    ManufacturerCode manufacturerCode,
    ImageType imageType,
    FileVersion fileVersion,
    Optional<HardwareVersion> hardwareVersion,
    Optional<Eui64> address,
    Optional<String> manufacturerName,
    Optional<String> modelId) {}
