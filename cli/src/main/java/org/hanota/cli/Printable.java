// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.util.Locale;

/**
 * Text from outside as it may be printed. A control character, which would let a stranger write
 * lines of his own into a log or steer a terminal, becomes its escape as Java and JSON write it; so
 * do the marks that turn the direction of text round.
 */
public final class Printable {
  private Printable() {}

  /** What may stand within one line. */
  public static String line(String text) {
    return clean(text, false);
  }

  /** What may go to a terminal: lines may end in it. */
  static String text(String text) {
    return clean(text, true);
  }

  private static String clean(String text, boolean lines) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (!isPlain(text.codePointAt(i), lines)) {
        return escaped(text, i, lines);
      }
    }
    return text;
  }

  private static String escaped(String text, int from, boolean lines) {
    StringBuilder clean = new StringBuilder(text.length() + 16).append(text, 0, from);
    text.substring(from)
        .codePoints()
        .forEach(
            point -> {
              if (isPlain(point, lines)) {
                clean.appendCodePoint(point);
              } else {
                for (char c : Character.toChars(point)) {
                  clean.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
                }
              }
            });
    return clean.toString();
  }

  private static boolean isPlain(int c, boolean lines) {
    if (c >= ' ' && c < 0x7F) {
      return true;
    }
    if (c == '\n' || (c == '\r' && System.lineSeparator().length() == 2)) {
      return lines;
    }
    return c == '\t'
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
