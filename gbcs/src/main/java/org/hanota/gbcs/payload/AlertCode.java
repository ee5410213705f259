// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Width;
import org.hanota.gbcs.field.Coded;

/** Alert codes that have to do with firmware and the device log, with their official names. */
public enum AlertCode implements Coded {
  /** A metrology check, not of an upgrade image. */
  ERROR_METROLOGY_FIRMWARE_VERIFICATION_FAILURE(
      0x81AD, "Error Metrology Firmware Verification Failure"),
  /** Of CS14. */
  CHF_DEVICE_LOG_CHANGED(0x8F12, "CHF Device Log Changed"),
  /** At power on. */
  FIRMWARE_VERIFICATION_FAILED_AT_POWER_ON(0x8F1B, "Firmware Verification Failed At Power On"),
  /** Of the Firmware Distribution Receipt Alert. */
  FIRMWARE_VERIFICATION_FAILED(0x8F1C, "Firmware Verification Failed"),
  /** The version that runs has changed. */
  CHANGE_IN_EXECUTING_FIRMWARE_VERSION(0x8F43, "Change in the executing Firmware version"),
  /** Of the future dated firmware activation alert. */
  FUTURE_DATE_HAN_INTERFACE_COMMAND_SUCCESSFULLY_ACTIONED(
      0x8F66, "Future-date HAN Interface Command Successfully Actioned"),
  /** Of the future dated firmware activation alert. */
  FUTURE_DATE_HAN_INTERFACE_COMMAND_NOT_SUCCESSFULLY_ACTIONED(
      0x8F67, "Future-date HAN Interface Command not Successfully Actioned"),
  /** Of the Firmware Distribution Receipt Alert. */
  FIRMWARE_VERIFICATION_SUCCESSFUL(0x8F72, "Firmware Verification Successful"),
  /** Of CCS08. */
  FIRMWARE_TRANSFER_ALERT_FAIL(0x8F89, "Firmware transfer alert FAIL"),
  /** Of CCS08. */
  FIRMWARE_TRANSFER_ALERT_SUCCESS(0x8F8A, "Firmware transfer alert SUCCESS"),
  /** Of CS09. */
  READ_FIRMWARE_VERSION_ALERT(0x8F8B, "Read Firmware version alert");

  private static final List<AlertCode> ALL = List.of(values());

  private final int code;
  private final String officialName;

  AlertCode(int code, String officialName) {
    this.code = code;
    this.officialName = officialName;
  }

  /** The alert code with this number, if this project knows it. */
  public static Optional<AlertCode> of(int code) {
    return ALL.stream().filter(alert -> alert.code == code).findFirst();
  }

  @Override
  public int code() {
    return code;
  }

  @Override
  public String officialName() {
    return officialName;
  }

  @Override
  public String toString() {
    return Width.hex(code, 4);
  }

  /** Returns this if it is one of {@code allowed}: for records that carry only some alerts. */
  AlertCode among(List<AlertCode> allowed) {
    if (!allowed.contains(this)) {
      throw new IllegalArgumentException("alertCode is " + this + ", allowed " + allowed);
    }
    return this;
  }
}
