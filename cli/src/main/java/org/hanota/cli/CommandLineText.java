// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.util.List;
import java.util.regex.Pattern;

/** A call of hanota, as it is typed into a shell. */
public final class CommandLineText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  private CommandLineText() {}

  /** The call with exactly these arguments. */
  public static String of(List<String> arguments) {
    StringBuilder text = new StringBuilder("hanota");
    for (String argument : arguments) {
      boolean isPlain = PLAIN.matcher(argument).matches();
      text.append(' ').append(isPlain ? argument : "'" + argument.replace("'", "'\\''") + "'");
    }
    return text.toString();
  }
}
