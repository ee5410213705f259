// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.otaformat.Element;
import org.hanota.otaformat.ElementTag;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.Inspection;
import org.hanota.otaformat.OtaFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota image extract}. */
@Command(
    name = "extract",
    description = {
      "Takes the image out of a file: element 0x0000, or the Manufacturer Image.",
      "Reads leniently, so that it also gets at files in a container."
    },
    footer = {"", "Example:", "  hanota image extract --whole -o inner.ota container.signed"})
final class ExtractCommand extends ImageTask {
  @Parameters(paramLabel = "FILE", description = "The file; - is standard input.")
  private Path file = Path.of("-");

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = Converters.Kind.class,
      description = "zigbee, gb-meter or gb-ppmid, where the file does not tell.")
  private @Nullable FileKind kind;

  @Option(
      names = "--tag",
      paramLabel = "N",
      converter = Converters.Numeral.class,
      description = "The element to take; 0x0000 unless given.")
  private long tag;

  @Option(names = "--whole", description = "Takes the OTA file out of its container.")
  private boolean whole;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "The file to write; - is standard output.")
  private Path out = Path.of("-");

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Override
  int run(PrintWriter output) throws IOException {
    OctetSource octets = ImageFiles.open(file);
    OctetSource taken;
    try {
      taken = take(kind == null ? Inspection.of(octets) : Inspection.of(octets, kind));
    } catch (FormatException e) {
      throw CommandFailed.at(file, e);
    }
    ImageFiles.write(out, choice.existing(), sink -> sink.acceptAll(taken));
    if (!out.toString().equals("-")) {
      output.println(out + ": " + taken.size() + " octets");
    }
    return ExitCode.DONE;
  }

  private OctetSource take(Inspection inspection) {
    if (whole) {
      return inspection.image();
    }
    OtaFile strict = inspection.file().orElse(null);
    if (strict instanceof GbMeterFile meter) {
      return meter.manufacturerImage();
    }
    if (strict instanceof GbPpmidFile ppmid) {
      return ppmid.manufacturerImage();
    }
    ElementTag wanted = new ElementTag((int) Math.min(tag, Integer.MAX_VALUE));
    Element element =
        inspection
            .elements()
            .first(wanted)
            .orElseThrow(
                () -> new CommandFailed(file + ": has no element " + wanted + "; see inspect"));
    if (element.overrun()) {
      throw new CommandFailed(
          "%s: element %s at offset %d: found %d octets, allowed are the %d that it states"
              .formatted(file, wanted, element.offset(), element.data().size(), element.length()));
    }
    return element.data();
  }
}
