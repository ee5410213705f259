// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import org.hanota.api.ImageId;
import org.hanota.api.ZigBeeTime;

/**
 * The server says when to run the new image; may come unsolicited. [ZCL 11.13.10]
 *
 * @param image which image; each part may be the wild card
 * @param currentTime the server's time, or zero if {@code upgradeTime} is an offset in seconds
 * @param upgradeTime when to run it; all ones means: wait for another response
 */
public record UpgradeEndResponse(ImageId image, ZigBeeTime currentTime, ZigBeeTime upgradeTime)
    implements OtaCommand {
  /** The command's id. */
  public static final int COMMAND_ID = 0x07;

  @Override
  public int commandId() {
    return COMMAND_ID;
  }

  @Override
  public Direction direction() {
    return Direction.SERVER_TO_CLIENT;
  }

  /** Whether the client shall wait until it is told otherwise. [ZCL 11.11.4] */
  public boolean waits() {
    return upgradeTime.equals(ZigBeeTime.INVALID);
  }
}
