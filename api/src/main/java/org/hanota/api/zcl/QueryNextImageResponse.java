// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import org.hanota.api.ImageId;
import org.hanota.api.Width;

/** The server's answer to {@link QueryNextImageRequest}. [ZCL 11.13.5] */
public sealed interface QueryNextImageResponse extends OtaCommand {
  /** The command's id. */
  int COMMAND_ID = 0x02;

  @Override
  default int commandId() {
    return COMMAND_ID;
  }

  @Override
  default Direction direction() {
    return Direction.SERVER_TO_CLIENT;
  }

  /**
   * There is an image.
   *
   * @param image which
   * @param imageSizeOctets its total image size, uint32
   */
  record Success(ImageId image, long imageSizeOctets) implements QueryNextImageResponse {
    /** Checks the width of the size. */
    public Success {
      Width.uint32("imageSizeOctets", imageSizeOctets);
    }
  }

  /**
   * There is none, or none for this client.
   *
   * @param status why: NO_IMAGE_AVAILABLE, NOT_AUTHORIZED or another; never SUCCESS
   */
  record Refusal(ZclStatus status) implements QueryNextImageResponse {
    /** Refuses SUCCESS, which has more fields. */
    public Refusal {
      if (status.equals(ZclStatus.SUCCESS)) {
        throw new IllegalArgumentException("status is SUCCESS, allowed any other");
      }
    }
  }
}
