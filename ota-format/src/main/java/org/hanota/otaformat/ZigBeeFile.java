// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** A plain ZigBee OTA file: header and elements. [ZCL 11.4] */
public final class ZigBeeFile implements OtaFile {
  private final OctetSource file;
  private final OtaHeader header;
  private final Elements elements;

  private ZigBeeFile(OctetSource file, OtaHeader header, Elements elements) {
    this.file = file;
    this.header = header;
    this.elements = elements;
  }

  /**
   * Reads {@code file} strictly.
   *
   * @throws FormatException if header or sizes are wrong, an element runs past the end, or octets
   *     are left over behind the last
   */
  public static ZigBeeFile read(OctetSource file) {
    OtaHeader header = Strict.header(file);
    return new ZigBeeFile(file, header, Strict.elements(file, header));
  }

  /** Starts a file; its sizes are computed. */
  public static Builder builder(OtaHeader header) {
    return new Builder(header);
  }

  @Override
  public OtaHeader header() {
    return header;
  }

  @Override
  public FileKind kind() {
    return FileKind.ZIGBEE;
  }

  @Override
  public OctetSource octets() {
    return file;
  }

  /** The elements in their order. */
  public Elements elements() {
    return elements;
  }

  /** The data of the first element with tag 0x0000. */
  public Optional<OctetSource> upgradeImage() {
    return elements.first(ElementTag.UPGRADE_IMAGE).map(Element::data);
  }

  @Override
  public void write(OctetSink sink) {
    sink.accept(header.write());
    for (Element element : elements) {
      sink.accept(element.header());
      sink.acceptAll(element.data());
    }
  }

  /** Collects elements; refuses those that would make an illegal file. */
  public static final class Builder {
    private final OtaHeader header;
    private final List<ElementTag> tags = new ArrayList<>();
    private final List<Octets> data = new ArrayList<>();

    private Builder(OtaHeader header) {
      header.demandLegal();
      this.header = header;
    }

    /** Adds the image itself. */
    public Builder upgradeImage(Octets image) {
      return element(ElementTag.UPGRADE_IMAGE, image);
    }

    /**
     * Adds an element.
     *
     * @throws IllegalArgumentException if the tag is reserved or already used
     */
    public Builder element(ElementTag tag, Octets octets) {
      if (!tag.isStandard() && !tag.isManufacturerSpecific()) {
        throw new IllegalArgumentException("tag " + tag + " is reserved");
      }
      if (tags.contains(tag)) {
        throw new IllegalArgumentException("tag " + tag + " is used twice");
      }
      tags.add(tag);
      data.add(octets);
      return this;
    }

    /** The file. */
    public ZigBeeFile build() {
      long body = 0;
      for (Octets octets : data) {
        body += Element.HEADER_LENGTH + (long) octets.length();
      }
      List<Octets> parts = new ArrayList<>();
      parts.add(header.withBodyOf(body).write());
      for (int i = 0; i < tags.size(); i++) {
        Octets octets = data.get(i);
        parts.add(new Element(tags.get(i), 0, octets.length(), octets).header());
        parts.add(octets);
      }
      return read(Strict.join(parts.toArray(Octets[]::new)));
    }
  }
}
