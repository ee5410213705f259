// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.OctetSource;

/**
 * Where the parts of a file lie, found without judging them.
 *
 * @param file everything there is
 * @param wrap octets before the identifier
 * @param header the header
 * @param imageEnd end of the image by its total size, or of the file where that comes first
 * @param elements the octets between header and image end, read as elements
 */
record Layout(OctetSource file, long wrap, OtaHeader header, long imageEnd, Elements elements) {
  /** A walk that leaves more than this behind did not walk elements. */
  private static final int LEFT_OVER_MAX = 2;

  /** The layout of what begins with an identifier {@code wrap} octets into {@code file}. */
  static Layout of(OctetSource file, long wrap) {
    OctetSource image = Section.of(file, wrap, file.size() - wrap);
    OtaHeader header = HeaderReader.read(image);
    long body = wrap + header.headerLength();
    long imageEnd = Math.max(body, Math.min(file.size(), wrap + header.totalImageSize()));
    return new Layout(file, wrap, header, imageEnd, Elements.walk(file, body, imageEnd));
  }

  /** Where the header ends. */
  long bodyStart() {
    return wrap + header.headerLength();
  }

  /** Octets between header and image end. */
  long bodySize() {
    return imageEnd - bodyStart();
  }

  /** The kind as {@link FileKind#detect} defines it. */
  Optional<FileKind> kind() {
    if (header.totalImageSize() < header.headerLength()) {
      return Optional.empty();
    }
    if (!elements.overrun() && elements.leftOver() <= LEFT_OVER_MAX) {
      return Optional.of(FileKind.ZIGBEE);
    }
    return looksLikeGbMeter() ? Optional.of(FileKind.GB_METER) : Optional.empty();
  }

  private boolean looksLikeGbMeter() {
    return header.fieldControl() == Gb.FIELD_CONTROL
        && bodySize() >= GbMeterFile.SUFFIX_LENGTH
        && file.octets(imageEnd - GbMeterFile.SIGNATURE_LENGTH - 1, 1).at(0)
            == GbMeterFile.SIGNATURE_LENGTH;
  }
}
