// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import org.hanota.api.ImageId;
import org.hanota.api.Width;

/**
 * The client asks for a block of the image. [ZCL 11.13.6]
 *
 * @param image which image
 * @param fileOffset octets from the start of the file, uint32
 * @param maximumDataSize the most octets of data that the client takes, uint8
 * @param options the optional fields
 */
public record ImageBlockRequest(
    ImageId image, long fileOffset, int maximumDataSize, BlockRequestOptions options)
    implements OtaCommand {
  /** The command's id. */
  public static final int COMMAND_ID = 0x03;

  @Override
  public int commandId() {
    return COMMAND_ID;
  }

  @Override
  public Direction direction() {
    return Direction.CLIENT_TO_SERVER;
  }

  /** Checks the widths. */
  public ImageBlockRequest {
    Width.uint32("fileOffset", fileOffset);
    Width.uint8("maximumDataSize", maximumDataSize);
  }
}
