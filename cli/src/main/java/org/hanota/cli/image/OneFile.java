// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.hanota.api.OctetSink;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.cli.Existing;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.Inspection;
import org.hanota.otaformat.OtaFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One file that a command reads, and the one that it makes of it. */
final class OneFile {
  private static final String STANDARD = "-";

  @Parameters(paramLabel = "FILE", description = "The file; - is standard input.")
  private Path file = Path.of(STANDARD);

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = Converters.Kind.class,
      description = "zigbee, gb-meter or gb-ppmid, where the file does not tell.")
  private @Nullable FileKind kind;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "The file to write; - is standard output.")
  private Path out = Path.of(STANDARD);

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  /** The file that is read. */
  Path file() {
    return file;
  }

  /** What it holds, read leniently. */
  Inspection inspection(OctetSource octets) {
    return Optional.ofNullable(kind)
        .map(chosen -> Inspection.of(octets, chosen))
        .orElseGet(() -> Inspection.of(octets));
  }

  /** What it holds, read strictly. */
  OtaFile strict(Octets octets) {
    return kind == null
        ? OtaFile.readAny(octets, OtaFile.NO_LIMIT)
        : OtaFile.read(octets, kind, OtaFile.NO_LIMIT);
  }

  /** Writes what was made, and says of it what {@code words} do, unless that would be in it. */
  void write(Consumer<OctetSink> content, PrintWriter output, String words) throws IOException {
    ImageFiles.write(out, choice.existing(), content);
    if (!out.toString().equals(STANDARD)) {
      output.println(out + ": " + words);
    }
  }
}
