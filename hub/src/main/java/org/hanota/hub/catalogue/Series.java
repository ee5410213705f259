// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.catalogue;

import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Width;
import org.hanota.otaformat.PartManifest;

/**
 * An image that a device takes in several files, one image type after the other, as the manifest in
 * the first one says.
 *
 * @param image what the update is about, and its first file
 * @param partsReceived files that the device has; the next one is the one under way
 * @param parts how many files there are
 */
public record Series(ImageId image, int partsReceived, int parts) {
  /** Checks that the device takes a part now, and that the parts have image types. */
  public Series {
    Width.range("parts", parts, 2, PartManifest.PARTS_MAX);
    Width.range("partsReceived", partsReceived, 1, parts - 1);
    Width.uint16("image type", image.imageType().value() + parts - 1);
  }

  /** The file that the device takes now. */
  public ImageId next() {
    return file(partsReceived);
  }

  /** Whether {@code file} is one that the device has. */
  public boolean hasReceived(ImageId file) {
    int part = file.imageType().value() - image.imageType().value();
    return part >= 0 && part < partsReceived && file(part).equals(file);
  }

  private ImageId file(int part) {
    return new ImageId(
        image.manufacturerCode(),
        new ImageType(image.imageType().value() + part),
        image.fileVersion());
  }
}
