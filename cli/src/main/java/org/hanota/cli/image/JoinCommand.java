// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.ZigBeeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota image join}. */
@Command(
    name = "join",
    description = "Puts the parts of a large OTA file together, in any order, and checks each.",
    footer = {"", "Example:", "  hanota image join -o large.ota parts/*.zigbee"})
final class JoinCommand extends ImageTask {
  @Parameters(paramLabel = "PART", arity = "1..*", description = "The parts' files.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "The file to write; - is standard output.")
  private Path out = Path.of("-");

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Override
  int run(PrintWriter output) throws IOException {
    List<ZigBeeFile> parts = new ArrayList<>();
    for (Path file : files) {
      try {
        parts.add(ZigBeeFile.read(ImageFiles.open(file)));
      } catch (FormatException e) {
        throw CommandFailed.at(file, e);
      }
    }
    OctetSource whole;
    try {
      whole = ImageParts.join(parts);
    } catch (FormatException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
    ImageFiles.write(out, choice.existing(), sink -> sink.acceptAll(whole));
    if (!out.toString().equals("-")) {
      output.printf(
          "%s: %s, SHA-256 %s%n", out, ImageFiles.count(whole.size()), Sha256.of(whole).toHex());
    }
    return ExitCode.DONE;
  }
}
