// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import picocli.CommandLine.Option;

/** What becomes of a file that is there already where an output is to go. */
public enum Existing {
  /** It is kept: the command refuses to begin. */
  KEEP,
  /** It is replaced, as the user said, or because this very run made it. */
  REPLACE;

  /** The user's word, the same for every command that writes files. */
  public static final class Choice {
    @Option(
        names = "--force",
        description = "Replaces output files that are there already; they are lost then.")
    private boolean force;

    /** As the user said. */
    public Existing existing() {
      return force ? REPLACE : KEEP;
    }
  }
}
