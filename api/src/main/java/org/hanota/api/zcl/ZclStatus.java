// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.Map;
import org.hanota.api.Width;

/** A ZCL status octet; a code without a name here survives a round trip. [ZCL 2.6.3] */
public record ZclStatus(int value) implements Comparable<ZclStatus> {
  private static final ZclStatus[] ALL = new ZclStatus[Width.UINT8_MAX + 1];

  static {
    for (int i = 0; i < ALL.length; i++) {
      ALL[i] = new ZclStatus(i);
    }
  }

  /** Done. */
  public static final ZclStatus SUCCESS = of(0x00);

  /** Failed for no reason that has a code. */
  public static final ZclStatus FAILURE = of(0x01);

  /** The sender may not do this. */
  public static final ZclStatus NOT_AUTHORIZED = of(0x7E);

  /** Fields missing, too short or too long. */
  public static final ZclStatus MALFORMED_COMMAND = of(0x80);

  /** No such command in this cluster here. */
  public static final ZclStatus UNSUP_CLUSTER_COMMAND = of(0x81);

  /** No such general command here. */
  public static final ZclStatus UNSUP_GENERAL_COMMAND = of(0x82);

  /** No such manufacturer-specific command here. */
  public static final ZclStatus UNSUP_MANUF_CLUSTER_COMMAND = of(0x83);

  /** A field has a value that the command does not allow. */
  public static final ZclStatus INVALID_FIELD = of(0x85);

  /** No such attribute. */
  public static final ZclStatus UNSUPPORTED_ATTRIBUTE = of(0x86);

  /** A value out of its range. */
  public static final ZclStatus INVALID_VALUE = of(0x87);

  /** The image does not fit the device. */
  public static final ZclStatus INSUFFICIENT_SPACE = of(0x89);

  /** The transfer or the upgrade is given up. */
  public static final ZclStatus ABORT = of(0x95);

  /** The image failed its checks. */
  public static final ZclStatus INVALID_IMAGE = of(0x96);

  /** The server has no block ready; ask later. */
  public static final ZclStatus WAIT_FOR_DATA = of(0x97);

  /** The server has no image for this client. */
  public static final ZclStatus NO_IMAGE_AVAILABLE = of(0x98);

  /** The client needs another image before it can upgrade. */
  public static final ZclStatus REQUIRE_MORE_IMAGE = of(0x99);

  private static final Map<ZclStatus, String> NAMES =
      Map.ofEntries(
          Map.entry(SUCCESS, "SUCCESS"),
          Map.entry(FAILURE, "FAILURE"),
          Map.entry(NOT_AUTHORIZED, "NOT_AUTHORIZED"),
          Map.entry(MALFORMED_COMMAND, "MALFORMED_COMMAND"),
          Map.entry(UNSUP_CLUSTER_COMMAND, "UNSUP_CLUSTER_COMMAND"),
          Map.entry(UNSUP_GENERAL_COMMAND, "UNSUP_GENERAL_COMMAND"),
          Map.entry(UNSUP_MANUF_CLUSTER_COMMAND, "UNSUP_MANUF_CLUSTER_COMMAND"),
          Map.entry(INVALID_FIELD, "INVALID_FIELD"),
          Map.entry(UNSUPPORTED_ATTRIBUTE, "UNSUPPORTED_ATTRIBUTE"),
          Map.entry(INVALID_VALUE, "INVALID_VALUE"),
          Map.entry(INSUFFICIENT_SPACE, "INSUFFICIENT_SPACE"),
          Map.entry(ABORT, "ABORT"),
          Map.entry(INVALID_IMAGE, "INVALID_IMAGE"),
          Map.entry(WAIT_FOR_DATA, "WAIT_FOR_DATA"),
          Map.entry(NO_IMAGE_AVAILABLE, "NO_IMAGE_AVAILABLE"),
          Map.entry(REQUIRE_MORE_IMAGE, "REQUIRE_MORE_IMAGE"));

  /**
   * @param value uint8
   */
  public ZclStatus {
    Width.uint8("status", value);
  }

  /** The shared instance for {@code value}. */
  public static ZclStatus of(int value) {
    return ALL[Width.uint8("status", value)];
  }

  @Override
  public int compareTo(ZclStatus other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return NAMES.getOrDefault(this, "status 0x" + Width.hex(value, 2));
  }
}
