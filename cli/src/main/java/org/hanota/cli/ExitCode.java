// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

/** What a command ends with. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** The thing that was checked is wrong. */
  public static final int WRONG = 1;

  /** The command was used wrongly. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
