// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the optional folder of vectors beside the project; tests without it skip with a reason. */
public final class Shared {
  private Shared() {}

  /** The project's root folder. */
  public static Path root() {
    String root = System.getProperty("hanota.root");
    if (root != null) {
      return Path.of(root).toAbsolutePath().normalize();
    }
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE")) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** A file or folder of the shared vectors, whether it is there or not. */
  public static Path path(String relative) {
    return root().resolveSibling("shared").resolve(relative).normalize();
  }

  /** A file or folder of the shared vectors; skips the calling test, and says so, where absent. */
  public static Path require(String relative) {
    Path path = path(relative);
    if (!Files.exists(path)) {
      Skipped.because("../shared/" + relative + " is absent");
    }
    return path;
  }
}
