// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Width;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.transport.grpc.v1.Priority;
import org.hanota.transport.grpc.v1.Result;

/** Single values as the contract writes them. */
final class Fields {
  private Fields() {}

  /**
   * Reads an address.
   *
   * @throws FormatException if the endpoint is no uint8
   */
  static Peer peer(String field, long eui64, int endpoint) {
    if (endpoint < 0 || endpoint > Width.UINT8_MAX) {
      throw wide(field + "_endpoint", endpoint, Width.UINT8_MAX);
    }
    return new Peer(new Eui64(eui64), endpoint);
  }

  static int uint16(String field, int value) {
    if (value < 0 || value > Width.UINT16_MAX) {
      throw wide(field, value, Width.UINT16_MAX);
    }
    return value;
  }

  private static FormatException wide(String field, int value, int maximum) {
    return new FormatException(field, 0, Integer.toUnsignedString(value), "0 to " + maximum);
  }

  static int priority(SendOptions.Priority priority) {
    return switch (priority) {
      case METERING -> Priority.PRIORITY_METERING_VALUE;
      case NORMAL -> Priority.PRIORITY_NORMAL_VALUE;
      case BULK -> Priority.PRIORITY_BULK_VALUE;
    };
  }

  /** A value of a later contract counts as normal. */
  static SendOptions.Priority priority(int number) {
    return switch (number) {
      case Priority.PRIORITY_METERING_VALUE -> SendOptions.Priority.METERING;
      case Priority.PRIORITY_BULK_VALUE -> SendOptions.Priority.BULK;
      default -> SendOptions.Priority.NORMAL;
    };
  }

  /** The result that the sender of a frame gets; a frame that was refused is DROPPED. */
  static SendResult result(int number) {
    return switch (number) {
      case Result.RESULT_DELIVERED_VALUE -> SendResult.DELIVERED;
      case Result.RESULT_NO_ROUTE_VALUE -> SendResult.NO_ROUTE;
      case Result.RESULT_BUSY_VALUE -> SendResult.BUSY;
      case Result.RESULT_DROPPED_VALUE, Result.RESULT_REFUSED_VALUE -> SendResult.DROPPED;
      default -> SendResult.NO_ACK;
    };
  }
}
