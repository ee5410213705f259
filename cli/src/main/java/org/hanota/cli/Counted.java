// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.util.Locale;

/** Numbers of things, as people read them. */
public final class Counted {
  private Counted() {}

  /**
   * "1 retry", "1,027 retries".
   *
   * @param one what one of them is called
   */
  public static String of(long number, String one) {
    String several = one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : several);
  }
}
