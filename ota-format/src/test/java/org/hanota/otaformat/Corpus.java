// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.testing.Shared;

/** The real images beside the project. */
final class Corpus {
  private Corpus() {}

  /** Every image file; skips the calling test where there are none. */
  static List<Path> files() {
    Path folder = Shared.require("corpus/ota");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Octets read(Path file) {
    try {
      return Octets.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Octets shared(String relative) {
    return read(Shared.require(relative));
  }

  static Octets written(OtaFile file) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    file.write(octets -> out.writeBytes(octets.toByteArray()));
    return Octets.wrap(out.toByteArray());
  }
}
