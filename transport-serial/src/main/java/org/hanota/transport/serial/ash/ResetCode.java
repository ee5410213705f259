// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ash;

import org.hanota.api.Width;

/** Why a stick restarted, or gave up. [Silicon Labs UG101] */
public final class ResetCode {
  /** Power came. */
  public static final int POWER_ON = 0x02;

  /** Its watchdog. */
  public static final int WATCHDOG = 0x03;

  /** Its firmware found a fault in itself. */
  public static final int ASSERT = 0x06;

  /** Its boot loader started it. */
  public static final int BOOTLOADER = 0x09;

  /** It was told to. */
  public static final int SOFTWARE = 0x0B;

  /** Nobody acknowledged what it sent. */
  public static final int ACKNOWLEDGEMENTS_MISSING = 0x51;

  private ResetCode() {}

  /** In words, with the number. */
  public static String words(int code) {
    String words =
        switch (code) {
          case 0x00 -> "unknown";
          case 0x01 -> "external";
          case POWER_ON -> "power on";
          case WATCHDOG -> "watchdog";
          case ASSERT -> "a fault found by its firmware";
          case BOOTLOADER -> "boot loader";
          case SOFTWARE -> "told to";
          case ACKNOWLEDGEMENTS_MISSING -> "too many acknowledgements missing";
          default -> "a code of the chip";
        };
    return "0x" + Width.hex(code, 2) + ", " + words;
  }
}
