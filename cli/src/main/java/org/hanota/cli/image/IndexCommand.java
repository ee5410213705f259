// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.FolderFiles;
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
      "Folders are read with their sub-folders. Of an index every field is kept; an entry that is",
      "wrong is named and left out.",
      "With a device's description: shows only what suits it, highest version first, and names why",
      "others of its model do not; ends with 1 when nothing does."
    },
    footer = {
      "",
      "Example:",
      "  hanota image index images > index.json",
      "  hanota image index --manufacturer-code 0x1234 --image-type 1 \\",
      "    --file-version 1 index.json"
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
        converter = Converters.Maker.class,
        description = "Manufacturer code.")
    private ManufacturerCode manufacturerCode = new ManufacturerCode(0);

    @Option(
        names = "--image-type",
        required = true,
        paramLabel = "N",
        converter = Converters.Type.class,
        description = "Image type.")
    private ImageType imageType = new ImageType(0);

    @Option(
        names = "--file-version",
        required = true,
        paramLabel = "N",
        converter = Converters.Version.class,
        description = "Version that it runs.")
    private FileVersion fileVersion = new FileVersion(0);

    @Option(
        names = "--hardware-version",
        paramLabel = "N",
        converter = Converters.OfHardware.class,
        description = "Hardware version.")
    private @Nullable HardwareVersion hardwareVersion;

    @Option(names = "--eui64", paramLabel = "EUI64", description = "Its address.")
    private @Nullable Eui64 address;

    @Option(
        names = "--manufacturer-name",
        paramLabel = "TEXT",
        description = "Manufacturer name of its basic cluster.")
    private @Nullable String manufacturerName;

    @Option(names = "--model-id", paramLabel = "TEXT", description = "Model identifier.")
    private @Nullable String modelId;

    DeviceDescription description() {
      return new DeviceDescription(
          manufacturerCode,
          imageType,
          fileVersion,
          Optional.ofNullable(hardwareVersion),
          Optional.ofNullable(address),
          Optional.ofNullable(manufacturerName),
          Optional.ofNullable(modelId));
    }
  }

  @Override
  int run(PrintWriter out) throws IOException {
    List<ImageIndex.Entry> entries = new ArrayList<>();
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        folder(source, entries);
      } else if (isIndex(source)) {
        index(source, entries);
      } else {
        image(source, String.valueOf(source.getFileName()), entries);
      }
    }
    if (device != null) {
      entries = suiting(entries, device.description());
    }
    ImageIndex.write(entries).toPrettyString().lines().forEach(out::println);
    return entries.isEmpty() ? ExitCode.WRONG : ExitCode.DONE;
  }

  private static boolean isIndex(Path file) {
    return file.toString().endsWith(".json");
  }

  private void folder(Path folder, List<ImageIndex.Entry> entries) throws IOException {
    FolderFiles files = FolderFiles.of(folder);
    for (Path file : files.files()) {
      if (!isIndex(file)) {
        image(file, folder.relativize(file).toString().replace(File.separatorChar, '/'), entries);
      }
    }
    if (!files.passedOver().isEmpty()) {
      err().println("hanota: " + files.passedOverLine());
    }
  }

  private void image(Path file, String name, List<ImageIndex.Entry> entries) throws IOException {
    try {
      entries.add(ImageIndex.entry(CatalogueEntry.of(name, ImageFiles.open(file))));
    } catch (FormatException e) {
      leftOut(CommandFailed.at(file, e).getMessage());
    }
  }

  private void index(Path file, List<ImageIndex.Entry> entries) throws IOException {
    try {
      ImageIndex index = ImageIndex.read(KeyFiles.JSON.readTree(ImageIndex.text(file)));
      index.faults().forEach(fault -> leftOut(file + ": " + fault));
      entries.addAll(index.entries());
    } catch (JsonProcessingException e) {
      throw new CommandFailed(file + ": is no JSON: " + e.getOriginalMessage());
    } catch (FormatException e) {
      throw CommandFailed.at(file, e);
    }
  }

  /** Names those of the device's model that are not for it, so that nobody wonders. */
  private List<ImageIndex.Entry> suiting(
      List<ImageIndex.Entry> entries, DeviceDescription description) {
    List<ImageIndex.Entry> suiting = new ArrayList<>();
    for (ImageIndex.Entry entry : entries) {
      if (entry.image().isOfModel(description)) {
        Optional<String> refusal = entry.image().refusal(description);
        if (refusal.isEmpty()) {
          suiting.add(entry);
        } else {
          leftOut(entry.image().fileName() + ": " + refusal.get());
        }
      }
    }
    suiting.sort(
        Comparator.comparing((ImageIndex.Entry entry) -> entry.image().image().fileVersion())
            .reversed());
    return suiting;
  }

  private void leftOut(@Nullable String what) {
    err().println("hanota: left out: " + what);
  }
}
