// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Locale;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/** Reads a header's fields; both modes refuse what this refuses. */
final class HeaderReader {
  private static final Octets IDENTIFIER =
      Octets.copyOf((byte) 0x1E, (byte) 0xF1, (byte) 0xEE, (byte) 0x0B);

  private HeaderReader() {}

  /** The header at the start of {@code file}. */
  static OtaHeader read(OctetSource file) {
    refuseOtherIdentifier(file);
    if (file.size() < OtaHeader.MINIMUM_LENGTH) {
      throw new FormatException(
          "header", 0, file.size() + " octets", "at least " + OtaHeader.MINIMUM_LENGTH);
    }
    Octets fixed = file.octets(0, OtaHeader.MINIMUM_LENGTH);
    int headerLength = fixed.uint16le(OtaHeader.HEADER_LENGTH_OFFSET);
    int fieldControl = fixed.uint16le(OtaHeader.FIELD_CONTROL_OFFSET);
    int fields = OtaHeader.MINIMUM_LENGTH + OtaHeader.optionalLength(fieldControl);
    if (headerLength < fields) {
      throw new FormatException(
          "header length",
          OtaHeader.HEADER_LENGTH_OFFSET,
          Integer.toString(headerLength),
          "at least " + fields + " with field control 0x" + Width.hex(fieldControl, 4));
    }
    if (headerLength > file.size()) {
      throw new FormatException(
          "header length",
          OtaHeader.HEADER_LENGTH_OFFSET,
          Integer.toString(headerLength),
          "at most " + file.size() + ", the octets there are");
    }
    return fields(new OctetReader(file.octets(0, headerLength)));
  }

  private static void refuseOtherIdentifier(OctetSource file) {
    Octets found = file.octets(0, (int) Math.min(IDENTIFIER.length(), file.size()));
    if (!found.equals(IDENTIFIER)) {
      throw new FormatException(
          "upgrade file identifier",
          0,
          found.isEmpty()
              ? "no octets"
              : found.toHex().toUpperCase(Locale.ROOT)
                  + Disguise.of(file).map(it -> ", " + it.words()).orElse(""),
          "1EF1EE0B (0x0BEEF11E)");
    }
  }

  private static OtaHeader fields(OctetReader in) {
    in.uint32le("upgrade file identifier");
    int headerVersion = in.uint16le("header version");
    in.uint16le("header length");
    int fieldControl = in.uint16le("field control");
    ImageId image =
        ImageId.of(
            in.uint16le("manufacturer code"),
            in.uint16le("image type"),
            in.uint32le("file version"));
    int stackVersion = in.uint16le("ZigBee stack version");
    HeaderString text = new HeaderString(in.octets("header string", HeaderString.LENGTH));
    long totalImageSize = in.uint32le("total image size");
    Optional<SecurityCredentialVersion> credential = Optional.empty();
    if (OtaHeader.hasSecurityCredentialVersion(fieldControl)) {
      credential =
          Optional.of(new SecurityCredentialVersion(in.uint8("security credential version")));
    }
    Optional<Eui64> destination = Optional.empty();
    if (OtaHeader.hasUpgradeFileDestination(fieldControl)) {
      destination = Optional.of(new Eui64(in.int64le("upgrade file destination")));
    }
    Optional<HardwareVersionRange> hardware = Optional.empty();
    if (OtaHeader.hasHardwareVersions(fieldControl)) {
      hardware =
          Optional.of(
              HardwareVersionRange.of(
                  in.uint16le("minimum hardware version"),
                  in.uint16le("maximum hardware version")));
    }
    return new OtaHeader(
        headerVersion,
        fieldControl & 0xFFF8,
        image,
        stackVersion,
        text,
        totalImageSize,
        credential,
        destination,
        hardware,
        in.octets("header", in.remaining()));
  }
}
