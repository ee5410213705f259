// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.otaformat.Diagnostic.Code;

/** Finds what is not as it should be in a layout. */
final class Diagnosis {
  /** What fills a suite 2 signature behind the 64 octets of a P-256 one. */
  private static final int P256_PADDING = 8;

  private static final int MANUFACTURER_CODE_OFFSET = 10;

  private final Layout layout;
  private final OtaHeader header;
  private final List<Diagnostic> found = new ArrayList<>();

  Diagnosis(Layout layout, Optional<FileKind> kind) {
    this.layout = layout;
    this.header = layout.header();
    sizes();
    header();
    if (kind.isEmpty()) {
      unknownKind();
    }
    if (kind.isEmpty() || kind.get() == FileKind.ZIGBEE) {
      elements();
      layout
          .elements()
          .first(ElementTag.UPGRADE_IMAGE)
          .ifPresent(image -> content(image.dataOffset(), image.data()));
    } else {
      content(layout.bodyStart(), Section.of(layout.file(), layout.bodyStart(), layout.bodySize()));
    }
    if (kind.equals(Optional.of(FileKind.GB_METER))) {
      meterSuffix();
    }
  }

  private void content(long offset, OctetSource image) {
    Disguise.of(image)
        .ifPresent(
            it -> add(Code.CONTENT, offset, "the image is " + it.words() + "; " + it.cure()));
  }

  /** Everything found, by offset. */
  List<Diagnostic> list() {
    found.sort(Comparator.comparingLong(Diagnostic::offset));
    return List.copyOf(found);
  }

  private void add(Code code, long offset, String message) {
    found.add(new Diagnostic(code, offset, message));
  }

  private void sizes() {
    long wrap = layout.wrap();
    long end = layout.imageEnd();
    long missing = wrap + header.totalImageSize() - layout.file().size();
    if (wrap > 0) {
      add(
          Code.OCTETS_BEFORE_IDENTIFIER,
          0,
          wrap + " octets stand before the upgrade file identifier, none allowed");
    }
    if (header.totalImageSize() < header.headerLength()) {
      add(
          Code.TOTAL_IMAGE_SIZE_BELOW_HEADER,
          wrap + OtaHeader.TOTAL_IMAGE_SIZE_OFFSET,
          "total image size is %d, at least %d allowed, the header's length"
              .formatted(header.totalImageSize(), header.headerLength()));
    }
    if (missing > 0) {
      add(
          Code.TRUNCATED,
          layout.file().size(),
          "%d octets are missing, total image size is %d"
              .formatted(missing, header.totalImageSize()));
    }
    if (end < layout.file().size()) {
      add(
          Code.TRAILING_OCTETS,
          end,
          "%d octets stand behind the image, none allowed; %s"
              .formatted(layout.file().size() - end, Strict.CURE));
    }
  }

  private void header() {
    long wrap = layout.wrap();
    if (header.headerVersion() != OtaHeader.HEADER_VERSION) {
      add(
          Code.HEADER_VERSION,
          wrap + 4,
          "header version is 0x" + Width.hex(header.headerVersion(), 4) + ", known is 0x0100");
    }
    if (header.reservedFieldControl() != 0) {
      add(
          Code.RESERVED_FIELD_CONTROL,
          wrap + OtaHeader.FIELD_CONTROL_OFFSET,
          "field control is 0x%s, bits 3 to 15 are reserved"
              .formatted(Width.hex(header.fieldControl(), 4)));
    }
    if (header.image().manufacturerCode().equals(ManufacturerCode.WILD_CARD)) {
      add(
          Code.WILD_CARD_MANUFACTURER,
          wrap + MANUFACTURER_CODE_OFFSET,
          "manufacturer code is the wild card 0xFFFF");
    }
    headerString(wrap + OtaHeader.HEADER_STRING_OFFSET);
    if (header.hardwareVersions().filter(HardwareVersionRange::isEmpty).isPresent()) {
      HardwareVersion minimum = header.hardwareVersions().get().minimum();
      add(
          Code.HARDWARE_VERSIONS_REVERSED,
          layout.bodyStart() - header.furtherOctets().length() - 4,
          "minimum hardware version " + minimum + " is above the maximum");
    }
    if (!header.furtherOctets().isEmpty()) {
      int further = header.furtherOctets().length();
      add(
          Code.HEADER_LONGER,
          layout.bodyStart() - further,
          "the header has " + further + " octets behind its fields; skipped");
    }
  }

  private void headerString(long offset) {
    if (!header.headerString().isTerminated()) {
      add(Code.HEADER_STRING_WITHOUT_NUL, offset, "no NUL ends the header string");
    }
    if (!header.headerString().isAscii()) {
      add(Code.HEADER_STRING_NOT_ASCII, offset, "the header string is not printable ASCII");
    }
  }

  private void unknownKind() {
    add(
        Code.KIND_UNKNOWN,
        layout.bodyStart(),
        "the octets behind the header are neither whole elements nor end like a GB meter file;"
            + " say which kind it is");
  }

  private void elements() {
    Elements elements = layout.elements();
    Elements.Cursor cursor = elements.cursor();
    BitSet seen = new BitSet();
    BitSet repeated = new BitSet();
    boolean first = true;
    while (cursor.advance()) {
      if (first && cursor.tag != 0) {
        add(
            Code.FIRST_TAG,
            cursor.offset,
            "the first tag is " + Width.hex(cursor.tag, 4) + ", usual is 0000");
      }
      first = false;
      if (seen.get(cursor.tag)) {
        repeated(repeated, cursor);
      } else if (ElementTag.isReserved(cursor.tag)) {
        add(Code.UNKNOWN_TAG, cursor.offset, "tag " + Width.hex(cursor.tag, 4) + " is reserved");
      }
      if (cursor.tag == ElementTag.SIGNATURE_SUITE_2.value() && !seen.get(cursor.tag)) {
        suite2(cursor.element());
      }
      seen.set(cursor.tag);
    }
    if (elements.overrun()) {
      Element last = cursor.element();
      add(
          Code.ELEMENT_OVERRUN,
          last.offset(),
          "length of element %s is %d, %d octets remain"
              .formatted(last.tag(), last.length(), last.data().size()));
    }
    leftOver(elements, cursor);
  }

  /** One diagnostic per repeated tag: a file can repeat one a billion times. */
  private void repeated(BitSet repeated, Elements.Cursor cursor) {
    if (!repeated.get(cursor.tag)) {
      repeated.set(cursor.tag);
      add(
          Code.DUPLICATE_TAG,
          cursor.offset,
          "tag " + new ElementTag(cursor.tag) + " occurs more than once");
    }
  }

  private void leftOver(Elements elements, Elements.Cursor last) {
    int octets = elements.leftOver();
    if (octets == 2 && elements.count() > 0 && last.tag == 0xF000) {
      add(
          Code.UNCOUNTED_OCTETS,
          elements.endOffset(),
          "2 octets behind element F000 are not counted in its length");
    } else if (octets > 0) {
      add(
          Code.LEFT_OVER_OCTETS,
          elements.endOffset(),
          "%d octets are left over, an element has at least %d; %s"
              .formatted(octets, Element.HEADER_LENGTH, Strict.CURE));
    }
  }

  private void suite2(Element element) {
    OctetSource data = element.data();
    if (element.overrun() || data.size() != CryptoSuite.SUITE_2.signatureElementLength()) {
      return;
    }
    Octets tail = data.octets(data.size() - P256_PADDING, P256_PADDING);
    for (int i = 0; i < P256_PADDING; i++) {
      if (tail.at(i) != 0xFF) {
        return;
      }
    }
    add(
        Code.P256_IN_SUITE_2,
        element.offset(),
        "the suite 2 signature ends in 8 octets FF: P-256 data in the wrong tag");
  }

  private void meterSuffix() {
    if (layout.bodySize() < GbMeterFile.SUFFIX_LENGTH) {
      add(
          Code.UPGRADE_IMAGE_TOO_SHORT,
          layout.bodyStart(),
          "%d octets follow the header, at least %d allowed"
              .formatted(layout.bodySize(), GbMeterFile.SUFFIX_LENGTH));
      return;
    }
    long offset = layout.imageEnd() - GbMeterFile.SIGNATURE_LENGTH - 1;
    int length = layout.file().octets(offset, 1).at(0);
    if (length != GbMeterFile.SIGNATURE_LENGTH) {
      add(
          Code.SIGNATURE_LENGTH,
          offset,
          "the octet before the signature is 0x" + Width.hex(length, 2) + ", allowed 0x40");
    }
  }
}
