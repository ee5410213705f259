// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.docs;

import java.util.List;
import java.util.Optional;

/**
 * One call of a command, as the document shows it.
 *
 * @param command its words
 * @param arguments the words of the call; see {@link Workplace}
 * @param exitCode what it ends with
 * @param background a name for the address that it prints, if it runs on while others run
 * @param ready what it has printed once others may begin; the first group is the address
 * @param saved where its output goes, if it goes to a file
 * @param only the lines that are shown hold this
 */
record Example(
    String command,
    List<String> arguments,
    int exitCode,
    String background,
    String ready,
    Optional<String> saved,
    String only) {

  /**
   * A call that ends with 0.
   *
   * @param command the words of the command
   * @param rest what follows them, separated by one blank
   */
  static Example of(String command, String rest) {
    String all = rest.isEmpty() ? command : command + " " + rest;
    return new Example(command, List.of(all.split(" ", -1)), 0, "", "", Optional.empty(), "");
  }

  /** It ends with that. */
  Example ends(int code) {
    return new Example(command, arguments, code, background, ready, saved, only);
  }

  /** It runs on while the others run. */
  Example runsOn(String name, String until) {
    return new Example(command, arguments, exitCode, name, until, saved, only);
  }

  /** Its output goes to a file. */
  Example into(String file) {
    return new Example(command, arguments, exitCode, background, ready, Optional.of(file), only);
  }

  /** Only lines that hold this pattern are shown: the others differ from run to run. */
  Example showing(String pattern) {
    return new Example(command, arguments, exitCode, background, ready, saved, pattern);
  }
}
