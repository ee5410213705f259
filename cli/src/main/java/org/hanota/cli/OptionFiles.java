// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.file.SavedText;

/**
 * {@code @FILE} among the arguments stands for the words in that file, separated by blanks and ends
 * of lines. A word in {@code "} or {@code '} may hold blanks; {@code #} where a word would begin
 * makes the rest of the line a comment; a backslash is one, as paths of Windows have it.
 * {@code @@name} is the word {@code @name}.
 */
final class OptionFiles {
  private static final int FILE_MAX = 1 << 20;

  private OptionFiles() {}

  /** The arguments with the words of files in their places; words of a file name no other file. */
  static String[] expanded(String... arguments) {
    List<String> all = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("@@")) {
        all.add(argument.substring(1));
      } else if (argument.startsWith("@") && argument.length() > 1) {
        all.addAll(words(argument, read(argument)));
      } else {
        all.add(argument);
      }
    }
    return all.toArray(String[]::new);
  }

  private static String read(String argument) {
    try {
      return SavedText.read(Path.of(argument.substring(1)), FILE_MAX);
    } catch (IOException fault) {
      throw new CommandFailed(
          ExitCode.USAGE,
          argument
              + ": "
              + CommandFailed.reason(fault)
              + "; options are read from that file, and @"
              + argument
              + " is the word itself");
    } catch (InvalidPathException fault) {
      throw new CommandFailed(
          ExitCode.USAGE,
          argument + ": cannot be the name of a file in this locale; try with LC_ALL=C.UTF-8");
    }
  }

  private static List<String> words(String argument, String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char next = text.charAt(at);
      if (Character.isWhitespace(next)) {
        at++;
      } else if (next == '#') {
        at = endOfLine(text, at);
      } else {
        StringBuilder word = new StringBuilder();
        at = word(argument, text, at, word);
        words.add(word.toString());
      }
    }
    return words;
  }

  private static int endOfLine(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /** Reads one word; returns where it ends. */
  private static int word(String argument, String text, int from, StringBuilder word) {
    int at = from;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      char next = text.charAt(at);
      if (next != '"' && next != '\'') {
        word.append(next);
        at++;
        continue;
      }
      int end = text.indexOf(next, at + 1);
      if (end < 0) {
        throw new CommandFailed(
            ExitCode.USAGE,
            argument
                + ": line "
                + (1 + lines(text, at))
                + ": a word begins with "
                + next
                + " and nothing ends it");
      }
      word.append(text, at + 1, end);
      at = end + 1;
    }
    return at;
  }

  private static long lines(String text, int end) {
    return text.substring(0, end).lines().count() - (end == 0 || isLineStart(text, end) ? 0 : 1);
  }

  private static boolean isLineStart(String text, int at) {
    return text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\r';
  }
}
