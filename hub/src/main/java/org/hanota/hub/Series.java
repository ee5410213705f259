// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Width;
import org.hanota.otaformat.PartManifest;

/**
 * An image that a device takes in several files, one image type after the other. That it does, the
 * device alone says: it ends a file and asks for more.
 *
 * @param image what the update is about, and its first file
 * @param partsTaken files that the device has; the next one is what it takes now
 */
public record Series(ImageId image, int partsTaken) {
  /** Checks that the files have image types. */
  public Series {
    Width.range("partsTaken", partsTaken, 1, PartManifest.PARTS_MAX - 1);
    Width.uint16("image type", image.imageType().value() + partsTaken);
  }

  /** Whether a further file may follow {@code partsTaken} of them. */
  public static boolean mayGoOn(ImageId image, int partsTaken) {
    return partsTaken < PartManifest.PARTS_MAX
        && image.imageType().value() + partsTaken <= Width.UINT16_MAX;
  }

  /** The file that the device takes now. */
  ImageId next() {
    return file(partsTaken);
  }

  /** Whether {@code file} is one that the device has. */
  boolean hasTaken(ImageId file) {
    int part = file.imageType().value() - image.imageType().value();
    return part >= 0 && part < partsTaken && file(part).equals(file);
  }

  private ImageId file(int part) {
    return new ImageId(
        image.manufacturerCode(),
        new ImageType(image.imageType().value() + part),
        image.fileVersion());
  }
}
