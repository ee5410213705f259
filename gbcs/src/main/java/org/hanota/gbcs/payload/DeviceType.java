// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.gbcs.field.Coded;

/** Kinds of device as the join messages number them. */
public enum DeviceType implements Coded {
  /** Gas meter. */
  GSME(0, "GSME"),
  /** Electricity meter. */
  ESME(1, "ESME"),
  /** Communications hub function. */
  CHF(2, "CHF"),
  /** Gas proxy function. */
  GPF(3, "GPF"),
  /** Auxiliary load control switch. */
  HCALCS(4, "HCALCS"),
  /** Prepayment meter interface device. */
  PPMID(5, "PPMID"),
  /** In-home display and other devices without GBCS credentials. */
  TYPE_2(6, "Type 2");

  /** All types in the order of their codes. */
  public static final List<DeviceType> ALL = List.of(values());

  private final int code;
  private final String officialName;

  DeviceType(int code, String officialName) {
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
}
