// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import org.hanota.api.ImageId;

/**
 * The client has the whole image, or gives it up. [ZCL 11.13.9]
 *
 * @param status SUCCESS, INVALID_IMAGE, REQUIRE_MORE_IMAGE or ABORT
 * @param image which image
 */
public record UpgradeEndRequest(ZclStatus status, ImageId image) implements OtaCommand {
  /** The command's id. */
  public static final int COMMAND_ID = 0x06;

  @Override
  public int commandId() {
    return COMMAND_ID;
  }

  @Override
  public Direction direction() {
    return Direction.CLIENT_TO_SERVER;
  }
}
