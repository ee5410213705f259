// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.OtaFile;

/**
 * The image of a campaign.
 *
 * @param file the whole upgrade file
 * @param version of the image
 * @param hash SHA-256 of the Manufacturer Image
 */
record CampaignImage(Octets file, FileVersion version, Octets hash) {
  /**
   * Reads a file, of a PPMID or of what a command activates.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static CampaignImage read(Octets octets, boolean isForPpmid) {
    OtaFile file;
    try {
      file = isForPpmid ? GbPpmidFile.read(octets) : GbMeterFile.read(octets);
    } catch (FormatException fault) {
      throw new IllegalArgumentException("image: " + fault.getMessage(), fault);
    }
    Octets hash =
        file instanceof GbMeterFile meter
            ? meter.manufacturerImageHash()
            : ((GbPpmidFile) file).manufacturerImageHash();
    return new CampaignImage(octets, file.header().image().fileVersion(), hash);
  }
}
