// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.hub.catalogue.Restrictions;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;

/** What an image's file does not say of it: its name, and the devices that it is restricted to. */
final class ImageAbout {
  /** Format 1 had no restrictions but the predecessors. */
  private static final int FORMAT = 2;

  /** A name and some thousand predecessors. */
  private static final int MAXIMUM_OCTETS = 1 << 16;

  private ImageAbout() {}

  static Octets encode(StoredImage image) {
    Octets name = Octets.wrap(image.name().getBytes(StandardCharsets.UTF_8));
    OctetWriter out = new OctetWriter(64).uint8(FORMAT);
    out.octets(image.sha256()).uint16be(name.length()).octets(name);
    Restrictions restrictions = image.restrictions();
    out.uint16be(restrictions.predecessors().size());
    for (FileVersion version : restrictions.predecessors()) {
      out.uint32be(version.value());
    }
    optional(
        restrictions.hardwareVersions(),
        out,
        range -> out.uint16be(range.minimum().value()).uint16be(range.maximum().value()));
    optional(restrictions.minimumFileVersion(), out, lowest -> out.uint32be(lowest.value()));
    optional(restrictions.maximumFileVersion(), out, highest -> out.uint32be(highest.value()));
    optional(restrictions.destination(), out, device -> out.int64be(device.value()));
    return Sealed.seal(out.toOctets());
  }

  private static <T> void optional(Optional<T> value, OctetWriter out, Consumer<T> write) {
    out.uint8(value.isPresent() ? 1 : 0);
    value.ifPresent(write);
  }

  private static <T> Optional<T> optional(OctetReader in, String field, Supplier<T> read) {
    int at = in.position();
    int present = in.uint8(field + " present");
    if (present > 1) {
      throw new FormatException(field + " present", at, present + "", "0 or 1");
    }
    return present == 1 ? Optional.of(read.get()) : Optional.empty();
  }

  /** Whether {@code file} is whole and was written for the image with this hash. */
  static boolean isOf(Path file, String sha256Hex) throws IOException {
    if (Files.size(file) > MAXIMUM_OCTETS) {
      return false;
    }
    try {
      OctetReader in = new OctetReader(Sealed.open(Octets.wrap(Files.readAllBytes(file))));
      int format = in.uint8("format");
      return format >= 1
          && format <= FORMAT
          && in.octets("hash", sha256Hex.length() / 2).toHex().equals(sha256Hex);
    } catch (FormatException damaged) {
      return false;
    }
  }

  /**
   * Reads what belongs to the image with this hash.
   *
   * @throws FormatException if it is damaged
   */
  static StoredImage decode(Path file, OtaHeader header, long sizeOctets, Octets sha256)
      throws IOException {
    if (Files.size(file) > MAXIMUM_OCTETS) {
      throw new FormatException(
          "length of " + file.getFileName(), 0, Files.size(file) + "", "up to " + MAXIMUM_OCTETS);
    }
    OctetReader in = new OctetReader(Sealed.open(Octets.wrap(Files.readAllBytes(file))));
    int format = in.uint8("format");
    Octets hash = in.octets("hash", sha256.length());
    if (format < 1 || format > FORMAT || !hash.equals(sha256)) {
      throw new FormatException(
          "format and hash",
          0,
          format + ", " + hash.toHex(),
          "1 to " + FORMAT + ", " + sha256.toHex());
    }
    Octets name = in.octets("name", in.uint16be("name length"));
    Set<FileVersion> predecessors = new TreeSet<>();
    int count = in.uint16be("predecessors");
    for (int i = 0; i < count; i++) {
      predecessors.add(new FileVersion(in.uint32be("predecessor")));
    }
    Restrictions restrictions =
        format == 1 ? Restrictions.predecessors(predecessors) : restrictions(in, predecessors);
    in.end(file.toString());
    return new StoredImage(
        new String(name.toByteArray(), StandardCharsets.UTF_8),
        header,
        sizeOctets,
        sha256,
        restrictions);
  }

  private static Restrictions restrictions(OctetReader in, Set<FileVersion> predecessors) {
    return new Restrictions(
        optional(
            in,
            "hardware versions",
            () ->
                HardwareVersionRange.of(
                    in.uint16be("minimum hardware version"),
                    in.uint16be("maximum hardware version"))),
        optional(
            in, "minimum file version", () -> new FileVersion(in.uint32be("minimum file version"))),
        optional(
            in, "maximum file version", () -> new FileVersion(in.uint32be("maximum file version"))),
        predecessors,
        optional(in, "destination", () -> new Eui64(in.int64be("destination"))));
  }
}
