// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSink;
import org.hanota.api.OctetSource;
import org.hanota.api.OctetWriter;

/**
 * A file read leniently: everything that could be read, and a diagnosis of what is not as it should
 * be. Nothing is copied, and the heap it needs does not grow with the file.
 */
public final class Inspection {
  /** The length of an element that is read in octets FF. */
  private static final long PADDING = 0xFFFFFFFFL;

  private final Layout layout;
  private final Optional<FileKind> kind;
  private final List<Diagnostic> diagnostics;

  private Inspection(Layout layout, Optional<FileKind> kind) {
    this.layout = layout;
    this.kind = kind;
    this.diagnostics = new Diagnosis(layout, kind).list();
  }

  /**
   * Reads {@code file} as the kind that its octets speak for.
   *
   * @throws FormatException if there is no identifier, or no whole header behind one
   */
  public static Inspection of(OctetSource file) {
    Layout layout = Layout.find(file);
    return new Inspection(layout, layout.kind());
  }

  /**
   * Reads {@code file} as a file of {@code kind}.
   *
   * @throws FormatException if there is no identifier, or no whole header behind one
   */
  public static Inspection of(OctetSource file, FileKind kind) {
    return new Inspection(Layout.find(file), Optional.of(kind));
  }

  /** The header. */
  public OtaHeader header() {
    return layout.header();
  }

  /** What stands behind the header; empty where it cannot be told. */
  public Optional<FileKind> kind() {
    return kind;
  }

  /** What is not as it should be, errors and notes, by offset. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** Octets before the identifier. */
  public long wrap() {
    return layout.wrap();
  }

  /** The size of the whole file in octets. */
  public long size() {
    return layout.file().size();
  }

  /** Everything that was read. */
  public OctetSource octets() {
    return layout.file();
  }

  /** From the identifier to the end by the total image size, or to the end of the file. */
  public OctetSource image() {
    return Section.of(layout.file(), layout.wrap(), layout.imageEnd() - layout.wrap());
  }

  /** The elements; none in a file that is of a GB kind. */
  public Elements elements() {
    return isGb()
        ? Elements.walk(layout.file(), layout.bodyStart(), layout.bodyStart())
        : layout.elements();
  }

  /** The file inside, where the strict reader accepts what is left without wrap and tail. */
  public Optional<OtaFile> file() {
    try {
      return kind.map(known -> OtaFile.read(image(), known));
    } catch (FormatException e) {
      return Optional.empty(); // what is wrong stands in the diagnostics
    }
  }

  /** Whether the integrity code is there and right. */
  public IntegrityCode.Result integrity() {
    return IntegrityCode.check(layout.file(), layout.wrap(), elements());
  }

  /**
   * Whether the image ends in a signature of format 2 of {@link ManufacturerSignature}, right or
   * not; a file whose kind cannot be told is looked at as a PPMID's.
   */
  public boolean hasManufacturerSignature() {
    if (kind.equals(Optional.of(FileKind.ZIGBEE))) {
      return elements().last().filter(ManufacturerSignature::isElement).isPresent();
    }
    return gbManufacturerSignature() < gbImageEnd();
  }

  /** Encodes what was read from its parts: the octets of the file again. */
  public void write(OctetSink sink) {
    OctetSource file = layout.file();
    sink.acceptAll(Section.of(file, 0, layout.wrap()));
    sink.accept(header().write());
    long at = layout.bodyStart();
    for (Element element : elements()) {
      sink.accept(element.header());
      sink.acceptAll(element.data());
      at = element.dataOffset() + element.data().size();
    }
    sink.acceptAll(Section.of(file, at, file.size() - at));
  }

  /**
   * Encodes what was read without what stands before the identifier and behind the last element,
   * nor padding of octets FF there; where the total image size counted that, it is lowered.
   */
  public void writeTrimmed(OctetSink sink) {
    long from = layout.wrap();
    long end = isGb() ? layout.imageEnd() : layout.elements().endOffset();
    if (!isGb() && layout.elements().overrun()) {
      Element last = layout.elements().last().orElseThrow();
      end = last.length() == PADDING ? last.offset() : end;
    }
    long sizeAt = from + OtaHeader.TOTAL_IMAGE_SIZE_OFFSET;
    long size = end < layout.imageEnd() ? end - from : header().totalImageSize();
    sink.acceptAll(Section.of(layout.file(), from, sizeAt - from));
    sink.accept(new OctetWriter(Integer.BYTES).uint32le(size).toOctets());
    long rest = sizeAt + Integer.BYTES;
    sink.acceptAll(Section.of(layout.file(), rest, end - rest));
  }

  /** Hands every region to {@code map}, in order; together they are the whole file. */
  public void regions(Consumer<Region> map) {
    region(map, "before the identifier", 0, layout.wrap());
    region(map, "header", layout.wrap(), layout.bodyStart());
    if (isGb()) {
      gbRegions(map);
    } else {
      for (Element element : layout.elements()) {
        String cut = element.overrun() ? ", cut off" : "";
        String title =
            ManufacturerSignature.isElement(element)
                ? ManufacturerSignature.TITLE
                : element.tag().title();
        region(
            map,
            "element " + element.tag() + " " + title + cut,
            element.offset(),
            element.dataOffset() + element.data().size());
      }
      region(map, "left over", layout.elements().endOffset(), layout.imageEnd());
    }
    region(map, "behind the image", layout.imageEnd(), size());
  }

  private void gbRegions(Consumer<Region> map) {
    long end = gbImageEnd();
    long signature = gbManufacturerSignature();
    region(map, "Manufacturer Image", layout.bodyStart(), signature);
    region(map, ManufacturerSignature.TITLE, signature, end);
    if (end < layout.imageEnd()) {
      region(map, "forceReplace", end, end + 1);
      region(map, "signature length", end + 1, end + 2);
      region(map, "Authorising Remote Party Signature", end + 2, layout.imageEnd());
    }
  }

  /** Where the Manufacturer Image of a GB file ends. */
  private long gbImageEnd() {
    boolean hasSuffix =
        kind.equals(Optional.of(FileKind.GB_METER))
            && layout.bodySize() >= GbMeterFile.SUFFIX_LENGTH;
    return layout.imageEnd() - (hasSuffix ? GbMeterFile.SUFFIX_LENGTH : 0);
  }

  /** Where the manufacturer's signature in a GB file begins; the image's end where none does. */
  private long gbManufacturerSignature() {
    long end = gbImageEnd();
    boolean signed = ManufacturerSignature.of(image(), header(), end - layout.wrap()).isPresent();
    return signed ? end - ManufacturerSignature.ELEMENT_LENGTH : end;
  }

  private static void region(Consumer<Region> map, String name, long from, long to) {
    if (to > from) {
      map.accept(new Region(name, from, to - from));
    }
  }

  private boolean isGb() {
    return kind.isPresent() && kind.get() != FileKind.ZIGBEE;
  }
}
