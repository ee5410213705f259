// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.bank;

import org.hanota.api.Width;

/**
 * How a bank's memory can be written.
 *
 * @param writeOctets the unit of a write: each begins and ends at a multiple of it, and no unit is
 *     written twice without an erase between
 * @param eraseOctets the unit of an erase, a multiple of {@code writeOctets}
 * @param erasedValue uint8, what each octet reads as between an erase and its write
 */
public record BankGeometry(int writeOctets, int eraseOctets, int erasedValue) {
  /** Memory, or a file: any octet may be written, at any time and again. */
  public static final BankGeometry REWRITABLE = new BankGeometry(1, 1, 0);

  /** Checks that the units fit each other. */
  public BankGeometry {
    Width.range("writeOctets", writeOctets, 1, Width.UINT16_MAX);
    Width.range("eraseOctets", eraseOctets, writeOctets, Width.UINT32_MAX);
    Width.range("erasedValue", erasedValue, 0, Width.UINT8_MAX);
    if (eraseOctets % writeOctets != 0) {
      throw new IllegalArgumentException(
          "eraseOctets is " + eraseOctets + ", allowed multiples of " + writeOctets);
    }
  }

  /** Whether an octet can be erased alone, so that it may simply be written again. */
  public boolean isRewritable() {
    return eraseOctets == 1;
  }

  /** The last start of an erase unit at or before {@code position}. */
  public long eraseStart(long position) {
    return position - position % eraseOctets;
  }
}
