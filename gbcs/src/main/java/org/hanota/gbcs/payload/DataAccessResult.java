// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.gbcs.field.Coded;

/** How a DLMS access ended; attributes and methods number it alike. */
public enum DataAccessResult implements Coded {
  /** It worked. */
  SUCCESS(0, "success"),
  /** Hardware fault. */
  HARDWARE_FAULT(1, "hardware-fault"),
  /** Temporary failure. */
  TEMPORARY_FAILURE(2, "temporary-failure"),
  /** Reading or writing is not allowed. */
  READ_WRITE_DENIED(3, "read-write-denied"),
  /** There is no such object. */
  OBJECT_UNDEFINED(4, "object-undefined"),
  /** The object is of another class. */
  OBJECT_CLASS_INCONSISTENT(9, "object-class-inconsistent"),
  /** The object cannot be used now. */
  OBJECT_UNAVAILABLE(11, "object-unavailable"),
  /** The value has another type. */
  TYPE_UNMATCHED(12, "type-unmatched"),
  /** Outside what may be accessed. */
  SCOPE_OF_ACCESS_VIOLATED(13, "scope-of-access-violated"),
  /** A block is missing. */
  DATA_BLOCK_UNAVAILABLE(14, "data-block-unavailable"),
  /** A long read was given up. */
  LONG_GET_ABORTED(15, "long-get-aborted"),
  /** There is no long read. */
  NO_LONG_GET_IN_PROGRESS(16, "no-long-get-in-progress"),
  /** A long write was given up. */
  LONG_SET_ABORTED(17, "long-set-aborted"),
  /** There is no long write. */
  NO_LONG_SET_IN_PROGRESS(18, "no-long-set-in-progress"),
  /** A block has the wrong number. */
  DATA_BLOCK_NUMBER_INVALID(19, "data-block-number-invalid"),
  /** Anything else. */
  OTHER_REASON(250, "other-reason");

  static final List<DataAccessResult> ALL = List.of(values());

  /** All but success: what a refused read may say. */
  static final List<DataAccessResult> FAILURES = ALL.subList(1, ALL.size());

  private final int code;
  private final String officialName;

  DataAccessResult(int code, String officialName) {
    this.code = code;
    this.officialName = officialName;
  }

  @Override
  public int code() {
    return code;
  }

  @Override
  public String officialName() {
    return officialName;
  }

  /** Returns this if it is no success: for records that carry a refusal. */
  DataAccessResult failure() {
    if (this == SUCCESS) {
      throw new IllegalArgumentException("result is success, allowed any failure");
    }
    return this;
  }
}
