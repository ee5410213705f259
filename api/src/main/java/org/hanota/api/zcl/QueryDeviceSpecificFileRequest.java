// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Width;

/**
 * The client asks for a file made for it alone. [ZCL 11.13.11]
 *
 * @param requestNodeAddress the client's own address
 * @param file manufacturer code, image type 0xFFC0 to 0xFFFE, and version
 * @param currentZigBeeStackVersion uint16
 */
public record QueryDeviceSpecificFileRequest(
    Eui64 requestNodeAddress, ImageId file, int currentZigBeeStackVersion) implements OtaCommand {
  /** The command's id. */
  public static final int COMMAND_ID = 0x08;

  @Override
  public int commandId() {
    return COMMAND_ID;
  }

  @Override
  public Direction direction() {
    return Direction.CLIENT_TO_SERVER;
  }

  /** Checks the width of the stack version. */
  public QueryDeviceSpecificFileRequest {
    Width.uint16("currentZigBeeStackVersion", currentZigBeeStackVersion);
  }
}
