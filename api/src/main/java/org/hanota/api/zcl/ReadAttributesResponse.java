// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.List;

/**
 * Answers {@link ReadAttributes}. [ZCL 2.5.2]
 *
 * @param clusterId the cluster
 * @param direction which side sends this response
 * @param records one for each attribute that was asked for
 */
public record ReadAttributesResponse(int clusterId, Direction direction, List<Entry> records)
    implements ZclMessage {
  /** The general command's id. */
  public static final int COMMAND_ID = 0x01;

  /** What became of one attribute. */
  public sealed interface Entry {
    /** Which attribute, uint16. */
    int attributeId();
  }

  /** The attribute has this value. */
  public record Value(int attributeId, AttributeValue value) implements Entry {}

  /** The attribute cannot be read. */
  public record Unreadable(int attributeId, ZclStatus status) implements Entry {}

  /** Keeps a copy of the list. */
  public ReadAttributesResponse {
    records = List.copyOf(records);
  }

  @Override
  public int commandId() {
    return COMMAND_ID;
  }
}
