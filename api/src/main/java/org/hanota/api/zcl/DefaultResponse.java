// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import org.hanota.api.Width;

/**
 * The general answer to a command that has no other. [ZCL 2.5.12]
 *
 * @param clusterId the cluster of the command that it answers
 * @param direction which side sends this response
 * @param answeredCommandId the command that it answers
 * @param status what became of it
 */
public record DefaultResponse(
    int clusterId, Direction direction, int answeredCommandId, ZclStatus status)
    implements ZclMessage {
  /** The general command's id. */
  public static final int COMMAND_ID = 0x0B;

  /** Checks the widths. */
  public DefaultResponse {
    Width.uint16("clusterId", clusterId);
    Width.uint8("answeredCommandId", answeredCommandId);
  }

  /** The default response to {@code message}. */
  public static DefaultResponse to(ZclMessage message, ZclStatus status) {
    return new DefaultResponse(
        message.clusterId(), message.direction().reversed(), message.commandId(), status);
  }

  @Override
  public int commandId() {
    return COMMAND_ID;
  }
}
