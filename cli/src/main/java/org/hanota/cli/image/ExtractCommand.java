// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.PrintWriter;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.otaformat.Element;
import org.hanota.otaformat.ElementTag;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.Inspection;
import org.hanota.otaformat.OtaFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hanota image extract}. */
@Command(
    name = "extract",
    description = {
      "Takes the image out of a file: element 0x0000, or the Manufacturer Image.",
      "Reads leniently, so that it also gets at files in a container."
    },
    footer = {"", "Example:", "  hanota image extract --whole -o inner.ota container.signed"})
final class ExtractCommand extends ImageTask {
  @Mixin private final OneFile one = new OneFile();

  @Option(
      names = "--tag",
      paramLabel = "N",
      converter = Converters.Tag.class,
      description = "The element to take; 0x0000 unless given.")
  private ElementTag tag = new ElementTag(0);

  @Option(names = "--whole", description = "Takes the OTA file out of its container.")
  private boolean whole;

  @Override
  int run(PrintWriter output) throws IOException {
    OctetSource octets = ImageFiles.open(one.file());
    OctetSource taken;
    try {
      taken = take(one.inspection(octets));
    } catch (FormatException e) {
      throw CommandFailed.at(one.file(), e);
    }
    one.write(sink -> sink.acceptAll(taken), output, ImageFiles.count(taken.size()));
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
    Element element =
        inspection
            .elements()
            .first(tag)
            .orElseThrow(
                () -> new CommandFailed(one.file() + ": has no element " + tag + "; see inspect"));
    if (element.overrun()) {
      throw new CommandFailed(
          "%s: element %s at offset %d: found %d octets, allowed are the %d that it states"
              .formatted(
                  one.file(), tag, element.offset(), element.data().size(), element.length()));
    }
    return element.data();
  }
}
