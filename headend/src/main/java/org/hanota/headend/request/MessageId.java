// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.api.Eui64;

/**
 * A RequestID or ResponseID: who says it to whom, and which one it is. [DUIS schema]
 *
 * @param originator who sends it: a user's or the DCC's business id, or a device
 * @param target to whom it goes
 * @param counter uint64, never the same twice from one originator; a {@code long} that counts
 *     unsigned
 */
public record MessageId(Eui64 originator, Eui64 target, long counter) {
  private static final String EUI = "([0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){7})";
  private static final Pattern FORM = Pattern.compile(EUI + ":" + EUI + ":(0|[1-9][0-9]{0,19})");
  private static final String ALLOWED =
      "originator:target:counter, as in 90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000";

  /**
   * Reads the official form.
   *
   * @throws IllegalField if {@code text} is anything else
   */
  public static MessageId parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalField("message id", '"' + text + '"', ALLOWED);
    }
    try {
      return new MessageId(
          Eui64.parse(parts.group(1)),
          Eui64.parse(parts.group(2)),
          Long.parseUnsignedLong(parts.group(3)));
    } catch (NumberFormatException e) {
      throw new IllegalField("counter", parts.group(3), "0 to 18446744073709551615");
    }
  }

  /** The id of the answer to this: the same counter, the other way. */
  public MessageId answer() {
    return new MessageId(/* originator= */ target, /* target= */ originator, counter);
  }

  /** An EUI-64 as DUIS writes it, with dashes. */
  public static String dashed(Eui64 eui) {
    return eui.toString().replaceAll("(..)(?!$)", "$1-");
  }

  @Override
  public String toString() {
    return dashed(originator) + ":" + dashed(target) + ":" + Long.toUnsignedString(counter);
  }
}
