// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Damaged files are kept beside their place, for somebody to look at. */
final class Aside {
  private Aside() {}

  /** Moves a damaged file out of the way. */
  static void move(Path file) throws IOException {
    Files.move(file, aside(file));
  }

  /** Keeps a copy of a damaged file that is about to be replaced, if it is there. */
  static void copy(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.copy(file, aside(file));
    }
  }

  /** A name not in use. */
  private static Path aside(Path file) {
    for (int i = 1; ; i++) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + i);
      if (!Files.exists(aside)) {
        return aside;
      }
    }
  }
}
