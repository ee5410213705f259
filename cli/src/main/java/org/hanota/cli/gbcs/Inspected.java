// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.Envelope;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.Verification;
import org.hanota.gbcs.Verification.Check;
import org.hanota.gbcs.field.Field;
import org.hanota.gbcs.payload.MessageCode;

/**
 * A message from a file, and what is proven about it.
 *
 * @param envelope addresses and protection
 * @param message the same with its payload read; empty where the use case is not known here
 */
record Inspected(
    String file,
    Envelope envelope,
    Optional<Message> message,
    List<Field> fields,
    Verification verification) {

  /**
   * Reads {@code octets} and adds each field to {@code fields}.
   *
   * @throws FormatException if they are no message, or not what their message code demands
   */
  static Inspected of(String file, Octets octets, List<Field> fields, Keys keys) {
    Optional<Message> message =
        isOfUnknownUseCase(octets) ? Optional.empty() : Optional.of(Message.parse(octets, fields));
    Envelope envelope =
        message.map(Message::envelope).orElseGet(() -> Envelope.parse(octets, fields));
    return new Inspected(
        file,
        envelope,
        message,
        List.copyOf(fields),
        Verification.of(envelope, keys.store(), keys.broker().orElse(Eui64.UNKNOWN)));
  }

  private static boolean isOfUnknownUseCase(Octets octets) {
    try {
      return MessageCode.of(Envelope.parse(octets).messageCode()).isEmpty();
    } catch (FormatException e) {
      return false; // reading it as a message says what is wrong
    }
  }

  Optional<MessageCode> code() {
    return message.map(known -> known.header().messageCode());
  }

  String codeHex() {
    return Width.hex(envelope.messageCode(), 4);
  }

  /** Whether nothing is wrong or unknown, and nothing lacks that the message must have. */
  boolean holds() {
    return good(verification.signature()) && good(verification.mac()) && !lacks();
  }

  /**
   * Whether signature or MAC is absent though the message must have it; of a use case that is not
   * known, whether both are.
   */
  boolean lacks() {
    boolean signed = envelope.signature().isPresent();
    boolean maced = envelope.mac().isPresent();
    if (envelope.kind() == Message.Kind.PRE_COMMAND) {
      return false;
    }
    return code()
        .map(known -> (known.signed() && !signed) || (known.maced(envelope.craFlag()) && !maced))
        .orElse(!signed && !maced);
  }

  private static boolean good(Check check) {
    return check == Check.VERIFIED || check == Check.ABSENT;
  }

  static String word(Check check) {
    return camel(check);
  }

  String kind() {
    return camel(envelope.kind());
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
