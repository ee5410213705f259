// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.hanota.api.FormatException;

/** Looks at files one by one: one that is wrong keeps no other from being looked at. */
public final class EachFile {
  private EachFile() {}

  /** Looks at one file. */
  public interface Look {
    /**
     * Looks at it.
     *
     * @return whether it is as it should be
     * @throws FormatException if it cannot be read, which is told in one line
     * @throws CommandFailed for the same
     */
    boolean at(Path file) throws IOException;
  }

  /**
   * Looks at all, and at those in the folders among them.
   *
   * @param err gets a line for each that cannot be read
   * @return whether each is as it should be
   */
  public static boolean of(List<Path> files, PrintWriter err, Look look) throws IOException {
    boolean all = true;
    for (Path file : FolderFiles.each(files, err)) {
      try {
        all &= look.at(file);
      } catch (FormatException fault) {
        err.println("hanota: " + CommandFailed.at(file, fault).getMessage());
        all = false;
      } catch (CommandFailed fault) {
        err.println("hanota: " + fault.getMessage());
        all = false;
      }
    }
    return all;
  }
}
