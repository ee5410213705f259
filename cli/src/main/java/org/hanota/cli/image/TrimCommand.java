// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.Inspection;
import org.hanota.otaformat.OtaFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private final OneFile one = new OneFile();

  @Override
  int run(PrintWriter output) throws IOException {
    Octets octets = ImageFiles.read(one.file());
    Octets trimmed;
    try {
      Inspection inspection = one.inspection(octets);
      if (inspection.wrap() > 0) {
        throw new CommandFailed(
            ("%s: %d octets stand before the upgrade file identifier; hanota image extract"
                    + " --whole takes the file out of its container")
                .formatted(one.file(), inspection.wrap()));
      }
      OctetWriter kept = new OctetWriter(octets.length());
      inspection.writeTrimmed(kept::octets);
      trimmed = kept.toOctets();
      OtaFile unused = one.strict(trimmed);
    } catch (FormatException e) {
      throw CommandFailed.at(one.file(), e);
    }
    one.write(
        sink -> sink.accept(trimmed),
        output,
        String.format(
            Locale.ROOT,
            "%,d octets cut off, %,d left, SHA-256 %s",
            octets.length() - trimmed.length(),
            trimmed.length(),
            Sha256.of(trimmed).toHex()));
    return ExitCode.DONE;
  }
}
