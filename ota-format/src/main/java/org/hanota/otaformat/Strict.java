// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** What the strict reader refuses whatever the kind; notes of the lenient reader pass. */
final class Strict {
  /** The cure of octets behind the last element, which devices may accept. */
  static final String CURE = "hanota image trim cuts them off";

  private Strict() {}

  static void refuseLonger(OctetSource file, long maximumImageOctets) {
    if (file.size() > maximumImageOctets) {
      throw new FormatException(
          "file",
          maximumImageOctets,
          file.size() + " octets",
          "at most " + maximumImageOctets + " (maximumImageOctets)");
    }
  }

  /** The header of a file whose total image size is its size. */
  static OtaHeader header(OctetSource file) {
    OtaHeader header = OtaHeader.read(file);
    long total = header.totalImageSize();
    if (total < file.size()) {
      throw new FormatException(
          "end of file", total, (file.size() - total) + " trailing octets", "no octets; " + CURE);
    }
    if (total > file.size()) {
      throw new FormatException(
          "total image size",
          OtaHeader.TOTAL_IMAGE_SIZE_OFFSET,
          total + ", " + (total - file.size()) + " octets missing",
          file.size() + ", the octets there are");
    }
    return header;
  }

  static Elements elements(OctetSource file, OtaHeader header) {
    Elements elements = Elements.walk(file, header.headerLength(), file.size());
    if (elements.overrun()) {
      Element last = elements.last().orElseThrow();
      throw new FormatException(
          "length of element " + last.tag(),
          last.offset() + 2,
          Long.toString(last.length()),
          "at most " + last.data().size() + ", the octets to the end of the image");
    }
    if (elements.leftOver() > 0) {
      throw new FormatException(
          "tag of an element",
          elements.endOffset(),
          elements.leftOver() + " octets left over",
          "an element of at least " + Element.HEADER_LENGTH + " octets, or the end; " + CURE);
    }
    return elements;
  }

  static FileKind kind(OctetSource file) {
    return Layout.of(file, 0).kind().orElseThrow(() -> unknownKind(file));
  }

  private static FormatException unknownKind(OctetSource file) {
    OtaHeader header = header(file);
    try {
      elements(file, header);
    } catch (FormatException e) {
      return new FormatException(
          e.field(),
          e.offset(),
          e.found(),
          e.allowed()
              + "; or a GB file, whose kind has to be said unless 0x40 stands before its last 64"
              + " octets");
    }
    throw new AssertionError("a file of whole elements has a kind");
  }

  /** One array of everything that {@code parts} hold. */
  static Octets join(Octets... parts) {
    long size = 0;
    for (Octets part : parts) {
      size += part.length();
    }
    if (size > Integer.MAX_VALUE - Long.BYTES) {
      throw new IllegalArgumentException("a file of " + size + " octets cannot be built in memory");
    }
    byte[] all = new byte[(int) size];
    int at = 0;
    for (Octets part : parts) {
      part.copyTo(all, at);
      at += part.length();
    }
    return Octets.wrap(all);
  }
}
