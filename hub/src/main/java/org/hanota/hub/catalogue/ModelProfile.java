// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.catalogue;

import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.Width;

/**
 * What devices of one model do not stand, though they ask for it.
 *
 * @param manufacturerCode of the model
 * @param imageType of the model; the wild card for all of its manufacturer
 * @param maximumDataSize most octets of data in a block, 1 to 255
 */
public record ModelProfile(
    ManufacturerCode manufacturerCode, ImageType imageType, int maximumDataSize) {
  /** Checks the size. */
  public ModelProfile {
    Width.range("maximumDataSize", maximumDataSize, 1, Width.UINT8_MAX);
  }

  /** Whether an image is for this model. */
  public boolean matches(ImageId image) {
    return manufacturerCode.matches(image.manufacturerCode())
        && imageType.matches(image.imageType());
  }
}
