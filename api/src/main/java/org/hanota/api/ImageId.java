// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

import java.util.Objects;

/**
 * What names an image in every command of the cluster: manufacturer code, image type and file
 * version.
 */
public record ImageId(
    ManufacturerCode manufacturerCode, ImageType imageType, FileVersion fileVersion)
    implements Comparable<ImageId> {
  /** All three wild cards, as an unsolicited Upgrade End Response may carry them. */
  public static final ImageId WILD_CARD =
      new ImageId(ManufacturerCode.WILD_CARD, ImageType.WILD_CARD, FileVersion.WILD_CARD);

  /** An image's name from its three numbers. */
  public static ImageId of(int manufacturerCode, int imageType, long fileVersion) {
    return new ImageId(
        new ManufacturerCode(manufacturerCode),
        new ImageType(imageType),
        new FileVersion(fileVersion));
  }

  /** Whether each field is a wild card or equals that of {@code other}. [ZCL 11.13.10] */
  public boolean matches(ImageId other) {
    return manufacturerCode.matches(other.manufacturerCode)
        && imageType.matches(other.imageType)
        && fileVersion.matches(other.fileVersion);
  }

  /** The same model's image with another version. */
  public ImageId withVersion(FileVersion version) {
    return new ImageId(manufacturerCode, imageType, version);
  }

  /** By hand, since every block is compared with its image and this is inlined. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof ImageId that
            && manufacturerCode.value() == that.manufacturerCode.value()
            && imageType.value() == that.imageType.value()
            && fileVersion.value() == that.fileVersion.value());
  }

  @Override
  public int hashCode() {
    return Objects.hash(manufacturerCode, imageType, fileVersion);
  }

  @Override
  public int compareTo(ImageId other) {
    int order = manufacturerCode.compareTo(other.manufacturerCode);
    if (order == 0) {
      order = imageType.compareTo(other.imageType);
    }
    return order != 0 ? order : fileVersion.compareTo(other.fileVersion);
  }

  /** {@code MMMM-TTTT-VVVVVVVV}, the standard's own convention for file names. */
  @Override
  public String toString() {
    return manufacturerCode + "-" + imageType + "-" + fileVersion;
  }
}
