// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.Inspection;
import org.hanota.otaformat.OtaFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota image trim}. */
@Command(
    name = "trim",
    description = {
      "Cuts off what stands behind the last element, which devices may accept and hanota does not.",
      "Where the total image size counts it, that is lowered, and a signature over the header is",
      "then no longer right."
    },
    footer = {"", "Example:", "  hanota image trim -o trimmed.ota padded.ota"})
final class TrimCommand extends ImageTask {
  @Parameters(paramLabel = "FILE", description = "The file; - is standard input.")
  private Path file = Path.of("-");

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
  private Path out = Path.of("-");

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Override
  int run(PrintWriter output) throws IOException {
    Octets octets = ImageFiles.read(file);
    Octets trimmed;
    try {
      Inspection inspection = kind == null ? Inspection.of(octets) : Inspection.of(octets, kind);
      if (inspection.wrap() > 0) {
        throw new CommandFailed(
            "%s: %d octets stand before the upgrade file identifier; hanota image extract --whole takes the file out of its container"
                .formatted(file, inspection.wrap()));
      }
      OctetWriter kept = new OctetWriter(octets.length());
      inspection.writeTrimmed(kept::octets);
      trimmed = kept.toOctets();
      OtaFile unused =
          kind == null
              ? OtaFile.readAny(trimmed, OtaFile.NO_LIMIT)
              : OtaFile.read(trimmed, kind, OtaFile.NO_LIMIT);
    } catch (FormatException e) {
      throw CommandFailed.at(file, e);
    }
    ImageFiles.write(out, choice.existing(), sink -> sink.accept(trimmed));
    if (!out.toString().equals("-")) {
      output.printf(
          "%s: %d octets cut off, %d left, SHA-256 %s%n",
          out, octets.length() - trimmed.length(), trimmed.length(), Sha256.of(trimmed).toHex());
    }
    return ExitCode.DONE;
  }
}
