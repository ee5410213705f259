// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import java.util.Locale;
import org.hanota.api.Eui64;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.Verification;
import org.hanota.gbcs.Verification.Check;
import org.hanota.gbcs.payload.MessageCode;

/** A message from a file, and what is proven about it. */
record Inspected(String file, Message.Explanation explanation, Verification verification) {

  static Inspected of(String file, Message.Explanation explanation, Keys keys) {
    return new Inspected(
        file,
        explanation,
        Verification.of(explanation.message(), keys.store(), keys.broker().orElse(Eui64.UNKNOWN)));
  }

  Message message() {
    return explanation.message();
  }

  /** Whether nothing is wrong or unknown, and nothing lacks that the message must have. */
  boolean holds() {
    return good(verification.signature()) && good(verification.mac()) && !lacks();
  }

  /** Whether signature or MAC is absent though the message must have it. */
  boolean lacks() {
    GroupingHeader header = message().header();
    MessageCode code = header.messageCode();
    return message().kind() != Message.Kind.PRE_COMMAND
        && ((code.signed() && message().signature().isEmpty())
            || (code.maced(header.craFlag()) && message().mac().isEmpty()));
  }

  private static boolean good(Check check) {
    return check == Check.VERIFIED || check == Check.ABSENT;
  }

  static String word(Check check) {
    return camel(check);
  }

  String kind() {
    return camel(message().kind());
  }

  /** {@code PRE_COMMAND} as {@code preCommand}. */
  private static String camel(Enum<?> value) {
    String[] words = value.name().toLowerCase(Locale.ROOT).split("_", 0);
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return name.toString();
  }
}
