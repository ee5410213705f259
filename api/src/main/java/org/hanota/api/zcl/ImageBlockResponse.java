// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.OptionalInt;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.ZigBeeTime;

/** The server's answer to a block or page request. [ZCL 11.13.8] */
public sealed interface ImageBlockResponse extends OtaCommand {
  /** The command's id. */
  int COMMAND_ID = 0x05;

  /** Most octets of data: the data size is a uint8. */
  int IMAGE_DATA_MAX = Width.UINT8_MAX;

  /** Status, image, file offset and data size before the data, in octets. */
  int SUCCESS_OVERHEAD = 14;

  @Override
  default int commandId() {
    return COMMAND_ID;
  }

  @Override
  default Direction direction() {
    return Direction.SERVER_TO_CLIENT;
  }

  /**
   * A block.
   *
   * @param image of which image
   * @param fileOffset octets from the start of the file, uint32
   * @param data at most 255 octets; a received one is a view into its frame
   */
  record Success(ImageId image, long fileOffset, Octets data) implements ImageBlockResponse {
    /** Checks the widths. */
    public Success {
      Width.uint32("fileOffset", fileOffset);
      Width.range("data", data.length(), 0, IMAGE_DATA_MAX);
    }
  }

  /**
   * Not now. The client asks again {@code requestTime - currentTime} seconds later, or, if they are
   * equal, after the minimum block period. [ZCL 11.13.8.2]
   *
   * @param currentTime the server's time, or zero if {@code requestTime} is an offset
   * @param requestTime when to ask again
   * @param minimumBlockPeriod the new value for the client's attribute; absent in the older form
   */
  record WaitForData(ZigBeeTime currentTime, ZigBeeTime requestTime, OptionalInt minimumBlockPeriod)
      implements ImageBlockResponse {
    /** Checks the width of the period. */
    public WaitForData {
      minimumBlockPeriod.ifPresent(period -> Width.uint16("minimumBlockPeriod", period));
    }
  }

  /**
   * No block, and none to come.
   *
   * @param status ABORT, or another that a peer chose; neither SUCCESS nor WAIT_FOR_DATA
   */
  record Refusal(ZclStatus status) implements ImageBlockResponse {
    /** The status that the standard gives. */
    public static final Refusal ABORT = new Refusal(ZclStatus.ABORT);

    /** Refuses the two statuses that have more fields. */
    public Refusal {
      if (status.equals(ZclStatus.SUCCESS) || status.equals(ZclStatus.WAIT_FOR_DATA)) {
        throw new IllegalArgumentException("status is " + status + ", allowed any other");
      }
    }
  }
}
