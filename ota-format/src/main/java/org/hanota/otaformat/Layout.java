// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.jspecify.annotations.Nullable;

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
  private static final int IDENTIFIER_LENGTH = 4;

  /** Octets searched at once: a page costs little where the identifier stands at the start. */
  private static final int STRIDE = 4096;

  /** A container holds one image; a file of identifiers alone must not cost its reader the day. */
  private static final int IDENTIFIERS_MAX = 64;

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

  /**
   * The layout behind the first identifier that begins a readable header, wherever that stands.
   *
   * @throws FormatException what is wrong with the first header, or that there is no identifier
   */
  static Layout find(OctetSource file) {
    @Nullable FormatException first = null;
    long wrap = nextIdentifier(file, 0);
    for (int tried = 0; wrap >= 0 && tried < IDENTIFIERS_MAX; tried++) {
      try {
        return of(file, wrap);
      } catch (FormatException e) {
        first = first == null ? e.within(wrap) : first;
        wrap = nextIdentifier(file, wrap + 1);
      }
    }
    if (first != null) {
      throw first;
    }
    HeaderReader.read(file); // complains about the identifier
    throw new AssertionError("a file that begins with the identifier has one");
  }

  /** Where the identifier stands next, from {@code from} on; -1 where it does not. */
  private static long nextIdentifier(OctetSource file, long from) {
    long size = file.size();
    for (long start = from; start <= size - IDENTIFIER_LENGTH; start += STRIDE) {
      long count = Math.min(STRIDE + IDENTIFIER_LENGTH - 1L, size - start);
      Octets piece = file.octets(start, (int) count);
      for (int i = 0; i <= piece.length() - IDENTIFIER_LENGTH; i++) {
        if (piece.at(i) == 0x1E && piece.uint32le(i) == OtaHeader.UPGRADE_FILE_IDENTIFIER) {
          return start + i;
        }
      }
    }
    return -1;
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
