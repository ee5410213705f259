// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Width;

/**
 * The client asks for a page, which the server sends as a series of block responses. [ZCL 11.13.7]
 *
 * @param image which image
 * @param fileOffset octets from the start of the file, uint32
 * @param maximumDataSize the most octets of data in one response, uint8
 * @param pageSizeOctets octets of data in all responses together, uint16
 * @param responseSpacingMs least time between two responses in milliseconds, uint16
 * @param requestNodeAddress the client's own address
 */
public record ImagePageRequest(
    ImageId image,
    long fileOffset,
    int maximumDataSize,
    int pageSizeOctets,
    int responseSpacingMs,
    Optional<Eui64> requestNodeAddress)
    implements OtaCommand {
  /** The command's id. */
  public static final int COMMAND_ID = 0x04;

  @Override
  public int commandId() {
    return COMMAND_ID;
  }

  @Override
  public Direction direction() {
    return Direction.CLIENT_TO_SERVER;
  }

  /** Checks the widths. */
  public ImagePageRequest {
    Width.uint32("fileOffset", fileOffset);
    Width.uint8("maximumDataSize", maximumDataSize);
    Width.uint16("pageSizeOctets", pageSizeOctets);
    Width.uint16("responseSpacingMs", responseSpacingMs);
  }
}
