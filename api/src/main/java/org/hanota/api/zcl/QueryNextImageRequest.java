// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.Optional;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;

/**
 * The client asks for an image. [ZCL 11.13.4]
 *
 * @param current manufacturer code, image type and the version that runs now
 * @param hardwareVersion the client's hardware, where it has a version
 */
public record QueryNextImageRequest(ImageId current, Optional<HardwareVersion> hardwareVersion)
    implements OtaCommand {
  /** The command's id. */
  public static final int COMMAND_ID = 0x01;

  @Override
  public int commandId() {
    return COMMAND_ID;
  }

  @Override
  public Direction direction() {
    return Direction.CLIENT_TO_SERVER;
  }
}
