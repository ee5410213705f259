// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;

/** Business ids on command lines. */
public final class Ids {
  private Ids() {}

  /**
   * Reads one.
   *
   * @throws CommandFailed naming the option
   */
  public static Eui64 parse(String option, String text) {
    try {
      return Eui64.parse(text);
    } catch (FormatException fault) {
      throw new CommandFailed(
          ExitCode.USAGE,
          option + " is \"" + text + "\", allowed 16 hexadecimal digits, as in 90B3D51F30000002");
    }
  }
}
