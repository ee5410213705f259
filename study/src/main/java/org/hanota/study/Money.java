// SPDX-License-Identifier: Apache-2.0
package org.hanota.study;

import java.math.BigDecimal;
import java.util.Locale;

/** Pence as people read them. */
public final class Money {
  private Money() {}

  /** Millions of pounds, with as many digits as the number has: 202.5. */
  public static String millions(long pence) {
    BigDecimal millions = BigDecimal.valueOf(pence, 8).stripTrailingZeros();
    return millions.scale() < 0 ? millions.setScale(0).toPlainString() : millions.toPlainString();
  }

  /** Millions of pounds, rounded to two digits. */
  public static String rounded(long pence) {
    return String.format(Locale.ROOT, "%.2f", pence / 1e8);
  }

  /** Pounds and pence. */
  public static String pounds(long pence) {
    return BigDecimal.valueOf(pence, 2).toPlainString();
  }
}
