// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.otaformat.OtaHeader;

/** What an image's file does not say of it: its name, and the versions that it may replace. */
final class ImageAbout {
  private static final int FORMAT = 1;

  /** A name and some thousand predecessors. */
  private static final int MAXIMUM_OCTETS = 1 << 16;

  private ImageAbout() {}

  static Octets encode(StoredImage image) {
    Octets name = Octets.wrap(image.name().getBytes(StandardCharsets.UTF_8));
    OctetWriter out = new OctetWriter(64).uint8(FORMAT);
    out.octets(image.sha256()).uint16be(name.length()).octets(name);
    out.uint16be(image.predecessors().size());
    for (FileVersion version : image.predecessors()) {
      out.uint32be(version.value());
    }
    return Sealed.seal(out.toOctets());
  }

  /** Whether {@code file} is whole and was written for the image with this hash. */
  static boolean isOf(Path file, String sha256Hex) throws IOException {
    if (Files.size(file) > MAXIMUM_OCTETS) {
      return false;
    }
    try {
      OctetReader in = new OctetReader(Sealed.open(Octets.wrap(Files.readAllBytes(file))));
      return in.uint8("format") == FORMAT
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
    if (format != FORMAT || !hash.equals(sha256)) {
      throw new FormatException(
          "format and hash", 0, format + ", " + hash.toHex(), FORMAT + ", " + sha256.toHex());
    }
    Octets name = in.octets("name", in.uint16be("name length"));
    Set<FileVersion> predecessors = new TreeSet<>();
    int count = in.uint16be("predecessors");
    for (int i = 0; i < count; i++) {
      predecessors.add(new FileVersion(in.uint32be("predecessor")));
    }
    in.end(file.toString());
    return new StoredImage(
        new String(name.toByteArray(), StandardCharsets.UTF_8),
        header,
        sizeOctets,
        sha256,
        predecessors);
  }
}
