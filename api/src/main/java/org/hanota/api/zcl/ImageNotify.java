// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.Width;

/**
 * The server says that it may have a new image. [ZCL 11.13.3]
 *
 * @param payloadType how much of {@code image} is carried
 * @param queryJitter 1 to 100; a client that got it by broadcast queries if its own draw of 1 to
 *     100 is not greater
 * @param image what it is for; whatever the payload type does not carry is the wild card
 */
public record ImageNotify(PayloadType payloadType, int queryJitter, ImageId image)
    implements OtaCommand {
  /** Largest query jitter: every client that hears it queries. */
  public static final int QUERY_JITTER_MAX = 100;

  /** How many of the three fields follow the jitter. */
  public enum PayloadType {
    /** None. */
    QUERY_JITTER(0),
    /** The manufacturer code. */
    MANUFACTURER_CODE(1),
    /** Manufacturer code and image type. */
    IMAGE_TYPE(2),
    /** All three. */
    NEW_FILE_VERSION(3);

    private final int value;

    PayloadType(int value) {
      this.value = value;
    }

    /** The value on the wire, which is also the number of fields carried. */
    public int value() {
      return value;
    }
  }

  /** The command's id. */
  public static final int COMMAND_ID = 0x00;

  @Override
  public int commandId() {
    return COMMAND_ID;
  }

  @Override
  public Direction direction() {
    return Direction.SERVER_TO_CLIENT;
  }

  /** Checks the jitter's range and that nothing is named that the payload type cannot carry. */
  public ImageNotify {
    Width.range("queryJitter", queryJitter, 1, QUERY_JITTER_MAX);
    int carried = payloadType.value();
    if ((carried < 1 && !image.manufacturerCode().equals(ManufacturerCode.WILD_CARD))
        || (carried < 2 && !image.imageType().equals(ImageType.WILD_CARD))
        || (carried < 3 && !image.fileVersion().equals(FileVersion.WILD_CARD))) {
      throw new IllegalArgumentException(
          "image is " + image + ", which payload type " + payloadType + " does not carry");
    }
  }

  /** A notification of one version of one model's image. */
  public static ImageNotify of(ImageId image) {
    return new ImageNotify(PayloadType.NEW_FILE_VERSION, QUERY_JITTER_MAX, image);
  }
}
