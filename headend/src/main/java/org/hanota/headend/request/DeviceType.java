// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

/** Kinds of device as DUIS names them. */
public enum DeviceType implements Coded {
  /** Electricity meter. */
  ESME("ESME"),
  /** Gas meter. */
  GSME("GSME"),
  /** Gas proxy function. */
  GPF("GPF"),
  /** Communications hub function. */
  CHF("CHF"),
  /** Auxiliary load control switch. */
  HCALCS("HCALCS"),
  /** Prepayment meter interface device. */
  PPMID("PPMID"),
  /** In-home display. */
  IHD("IHD"),
  /** Consumer access device. */
  CAD("CAD");

  private final String word;

  DeviceType(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
