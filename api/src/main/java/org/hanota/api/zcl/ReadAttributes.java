// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.List;

/**
 * Asks for attributes of one side of a cluster. [ZCL 2.5.1]
 *
 * @param clusterId the cluster
 * @param direction which side sends this request; the attributes are those of the other side
 * @param attributeIds uint16 each
 */
public record ReadAttributes(int clusterId, Direction direction, List<Integer> attributeIds)
    implements ZclMessage {
  /** The general command's id. */
  public static final int COMMAND_ID = 0x00;

  /** Keeps a copy of the list. */
  public ReadAttributes {
    attributeIds = List.copyOf(attributeIds);
  }

  @Override
  public int commandId() {
    return COMMAND_ID;
  }
}
