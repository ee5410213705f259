// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.otaformat.Catalogue;
import org.hanota.otaformat.CatalogueEntry;
import org.hanota.otaformat.DeviceDescription;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota image index}. */
@Command(
    name = "index",
    description = {
      "Makes an OTA index of a folder of images, or reads one (a file that ends in .json).",
      "With a device's description: shows only what suits it, highest version first; ends with 1",
      "when nothing does."
    },
    footer = {
      "",
      "Example:",
      "  hanota image index images > index.json",
      "  hanota image index --manufacturer-code 0x1234 --image-type 1 --file-version 1 index.json"
    })
final class IndexCommand extends ImageTask {
  @Parameters(
      paramLabel = "SOURCE",
      arity = "1..*",
      description = "Folders, images or indexes; an image without a header is left out and named.")
  private List<Path> sources = new ArrayList<>();

  @ArgGroup(exclusive = false, heading = "Which images suit this device:%n")
  private @Nullable Device device;

  /** What a device says of itself. */
  static final class Device {
    @Option(
        names = "--manufacturer-code",
        required = true,
        paramLabel = "N",
        converter = Converters.Numeral.class,
        description = "Manufacturer code.")
    private long manufacturerCode;

    @Option(
        names = "--image-type",
        required = true,
        paramLabel = "N",
        converter = Converters.Numeral.class,
        description = "Image type.")
    private long imageType;

    @Option(
        names = "--file-version",
        required = true,
        paramLabel = "N",
        converter = Converters.Numeral.class,
        description = "Version that it runs.")
    private long fileVersion;

    @Option(
        names = "--hardware-version",
        paramLabel = "N",
        converter = Converters.Numeral.class,
        description = "Hardware version.")
    private @Nullable Long hardwareVersion;

    @Option(
        names = "--eui64",
        paramLabel = "EUI64",
        converter = Converters.Address.class,
        description = "Its address.")
    private @Nullable Eui64 address;

    @Option(names = "--model-id", paramLabel = "TEXT", description = "Model identifier.")
    private @Nullable String modelId;

    DeviceDescription description() {
      return new DeviceDescription(
          new ManufacturerCode(narrow(manufacturerCode)),
          new ImageType(narrow(imageType)),
          new FileVersion(fileVersion),
          Optional.ofNullable(hardwareVersion).map(version -> new HardwareVersion(narrow(version))),
          Optional.ofNullable(address),
          Optional.ofNullable(modelId));
    }

    private static int narrow(long number) {
      return (int) Math.max(-1, Math.min(number, Integer.MAX_VALUE));
    }
  }

  @Override
  int run(PrintWriter out) throws IOException {
    List<CatalogueEntry> entries = new ArrayList<>();
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        for (Path file : filesOf(source)) {
          image(file, entries);
        }
      } else if (source.toString().endsWith(".json")) {
        entries.addAll(index(source).entries());
      } else {
        image(source, entries);
      }
    }
    Catalogue catalogue = new Catalogue(entries);
    if (device != null) {
      catalogue = new Catalogue(catalogue.suiting(device.description()));
    }
    out.println(IndexJson.write(catalogue).toPrettyString());
    return catalogue.entries().isEmpty() ? ExitCode.WRONG : ExitCode.DONE;
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  private void image(Path file, List<CatalogueEntry> entries) throws IOException {
    try {
      entries.add(CatalogueEntry.of(String.valueOf(file.getFileName()), ImageFiles.open(file)));
    } catch (FormatException e) {
      err().println("hanota: left out: " + CommandFailed.at(file, e).getMessage());
    }
  }

  private static Catalogue index(Path file) throws IOException {
    try {
      return IndexJson.read(KeyFiles.JSON.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new CommandFailed(file + ": is no JSON: " + e.getOriginalMessage());
    } catch (FormatException e) {
      throw CommandFailed.at(file, e);
    }
  }
}
