// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hanota.api.FormatException;
import org.hanota.api.ImageType;
import org.hanota.api.OctetSource;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaFileName;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota image split}. */
@Command(
    name = "split",
    description = {
      "Divides a large OTA file into parts with a manifest in the first.",
      "The parts have consecutive image types; join puts them together again."
    },
    footer = {"", "Example:", "  hanota image split --first-type 0x0100 -o parts large.ota"})
final class SplitCommand extends ImageTask {
  @Parameters(paramLabel = "FILE", description = "The OTA file; - is standard input.")
  private Path file = Path.of("-");

  @Option(
      names = "--maximum-octets",
      paramLabel = "N",
      converter = Converters.Numeral.class,
      description = "Longest file of a part; 768000 unless given.")
  private long maximumOctets = OtaFile.MAXIMUM_IMAGE_OCTETS;

  @Option(
      names = "--first-type",
      paramLabel = "N",
      converter = Converters.Type.class,
      description = "Image type of the first part; that of the file unless given.")
  private @Nullable ImageType firstType;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FOLDER",
      description = "Where the parts go.")
  private Path folder = Path.of(".");

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Override
  int run(PrintWriter out) throws IOException {
    OctetSource whole = ImageFiles.open(file);
    OtaHeader header;
    try {
      header = OtaHeader.read(whole);
    } catch (FormatException e) {
      throw CommandFailed.at(file, e);
    }
    if (firstType != null) {
      header = header.withImageType(firstType);
    }
    OutputFile.makeFolder(folder);
    int maximum = (int) Math.min(maximumOctets, Integer.MAX_VALUE);
    int number = 1;
    Map<Path, ZigBeeFile> parts = new LinkedHashMap<>();
    for (ZigBeeFile part : ImageParts.split(whole, header, maximum)) {
      OtaFileName name = new OtaFileName(part.image(), "part" + number++);
      parts.put(folder.resolve(name.toString()), part);
    }
    // Half of one whole and half of another fit nothing.
    OutputFile.refuseExisting(List.copyOf(parts.keySet()), choice.existing());
    for (Map.Entry<Path, ZigBeeFile> named : parts.entrySet()) {
      Path target = named.getKey();
      ZigBeeFile part = named.getValue();
      ImageFiles.write(target, choice.existing(), part::write);
      out.println(target + ": " + ImageFiles.count(part.octets().size()));
    }
    return ExitCode.DONE;
  }
}
