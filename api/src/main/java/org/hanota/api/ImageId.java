// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/**
 * What names an image in every command of the cluster: manufacturer code, image type and file
 * version. No record, since every block is compared with its image: that is one number here.
 */
public final class ImageId implements Comparable<ImageId> {
  /** All three wild cards, as an unsolicited Upgrade End Response may carry them. */
  public static final ImageId WILD_CARD =
      new ImageId(ManufacturerCode.WILD_CARD, ImageType.WILD_CARD, FileVersion.WILD_CARD);

  private final ManufacturerCode manufacturerCode;
  private final ImageType imageType;
  private final FileVersion fileVersion;
  private final long wireName;

  /** An image's name from its three parts. */
  public ImageId(ManufacturerCode manufacturerCode, ImageType imageType, FileVersion fileVersion) {
    this.manufacturerCode = manufacturerCode;
    this.imageType = imageType;
    this.fileVersion = fileVersion;
    this.wireName =
        manufacturerCode.value() | (long) imageType.value() << 16 | fileVersion.value() << 32;
  }

  /** An image's name from its three numbers. */
  public static ImageId of(int manufacturerCode, int imageType, long fileVersion) {
    return new ImageId(
        new ManufacturerCode(manufacturerCode),
        new ImageType(imageType),
        new FileVersion(fileVersion));
  }

  /** Whose image it is. */
  public ManufacturerCode manufacturerCode() {
    return manufacturerCode;
  }

  /** Which of its images. */
  public ImageType imageType() {
    return imageType;
  }

  /** Which version of that one. */
  public FileVersion fileVersion() {
    return fileVersion;
  }

  /** The eight octets that name it in a command, as one little-endian number. */
  public long wireName() {
    return wireName;
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

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageId that && wireName == that.wireName;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(wireName);
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
