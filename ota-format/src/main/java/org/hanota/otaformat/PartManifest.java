// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.api.ImageType;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetSource;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.keys.Sha256;

/**
 * How a large image is divided: the first element of the first part. Ours, since no standard has
 * one. Little-endian: version(1) number of parts(1) whole size(4) SHA-256 of the whole(32), and for
 * each part image type(2) size(4) SHA-256(32).
 *
 * @param wholeSize uint32, octets of the whole image
 * @param wholeSha256 32 octets
 * @param parts the parts in their order, with consecutive image types
 */
public record PartManifest(long wholeSize, Octets wholeSha256, List<Part> parts) {
  /** The tag of the element, in the manufacturers' range. */
  public static final ElementTag TAG = new ElementTag(0xF0A7);

  /** The only version. */
  public static final int VERSION = 1;

  /** The number of parts is a uint8. */
  public static final int PARTS_MAX = Width.UINT8_MAX;

  /** The last image type that a manufacturer may use. [ZCL 11.4.2.6] */
  private static final int IMAGE_TYPE_MAX = 0xFFBF;

  private static final int HASH_LENGTH = 32;
  private static final int FIXED_LENGTH = 1 + 1 + 4 + HASH_LENGTH;
  private static final int PART_LENGTH = 2 + 4 + HASH_LENGTH;

  /**
   * One part.
   *
   * @param imageType of the part's file
   * @param size uint32, octets of its data, which are its element 0x0000
   * @param sha256 32 octets, of its data
   */
  public record Part(ImageType imageType, long size, Octets sha256) {
    /** Checks widths. */
    public Part {
      Width.uint32("size", size);
      demandHash("sha256", sha256);
    }
  }

  /** Checks that the parts make the whole. */
  public PartManifest {
    Width.uint32("wholeSize", wholeSize);
    demandHash("wholeSha256", wholeSha256);
    Width.range("number of parts", parts.size(), 1, PARTS_MAX);
    parts = List.copyOf(parts);
    long sum = 0;
    int type = parts.get(0).imageType().value();
    for (Part part : parts) {
      sum += part.size();
      if (part.imageType().value() != type || type > IMAGE_TYPE_MAX) {
        throw new IllegalArgumentException(
            "image types of parts are not consecutive up to " + Width.hex(IMAGE_TYPE_MAX, 4));
      }
      type++;
    }
    if (sum != wholeSize) {
      throw new IllegalArgumentException(
          "parts have " + sum + " octets together, the whole has " + wholeSize);
    }
  }

  /** Where the data of part {@code index}, from 0, begin in the whole. */
  public long start(int index) {
    long start = 0;
    for (int i = 0; i < index; i++) {
      start += parts.get(i).size();
    }
    return start;
  }

  /** The part, from 0, that has octet {@code position} of the whole; at its end the last one. */
  public int indexAt(long position) {
    Width.range("position", position, 0, wholeSize);
    long end = 0;
    for (int i = 0; i < parts.size(); i++) {
      end += parts.get(i).size();
      if (position < end) {
        return i;
      }
    }
    return parts.size() - 1;
  }

  /** Octets of the element's data for {@code parts} parts. */
  public static int length(int parts) {
    return FIXED_LENGTH + parts * PART_LENGTH;
  }

  /**
   * Reads the element's data.
   *
   * @throws FormatException if version, sizes or image types are wrong
   */
  public static PartManifest read(Octets data) {
    OctetReader in = new OctetReader(data);
    int version = in.uint8("manifest version");
    if (version != VERSION) {
      throw new FormatException("manifest version", 0, Integer.toString(version), "1");
    }
    int count = in.uint8("number of parts");
    long wholeSize = in.uint32le("whole size");
    Octets wholeSha256 = in.octets("SHA-256 of the whole", HASH_LENGTH).copy();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(
          new Part(
              new ImageType(in.uint16le("image type of part " + (i + 1))),
              in.uint32le("size of part " + (i + 1)),
              in.octets("SHA-256 of part " + (i + 1), HASH_LENGTH).copy()));
    }
    in.end("manifest");
    try {
      return new PartManifest(wholeSize, wholeSha256, parts);
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          "manifest", 1, String.valueOf(e.getMessage()), "parts that make the whole");
    }
  }

  /**
   * Reads the manifest of {@code first}.
   *
   * @throws FormatException if its first element is no manifest
   */
  public static PartManifest of(ZigBeeFile first) {
    for (Element element : first.elements()) {
      if (element.tag().equals(TAG) && element.length() <= length(PARTS_MAX)) {
        return read(element.octets());
      }
      break;
    }
    throw new FormatException(
        "first element", first.header().headerLength(), "no manifest", "tag " + TAG);
  }

  /** The element's data. */
  public Octets write() {
    OctetWriter out =
        new OctetWriter(length(parts.size()))
            .uint8(VERSION)
            .uint8(parts.size())
            .uint32le(wholeSize)
            .octets(wholeSha256);
    for (Part part : parts) {
      out.uint16le(part.imageType().value()).uint32le(part.size()).octets(part.sha256());
    }
    return out.view();
  }

  /**
   * The data of {@code file}, which must be part {@code index}, from 0.
   *
   * @throws FormatException if it is another one, or not what the manifest says
   */
  public OctetSource data(int index, ZigBeeFile file) {
    Part part = parts.get(index);
    String name = "part " + (index + 1);
    if (!file.image().imageType().equals(part.imageType())) {
      throw new FormatException(
          "image type of " + name, 12, file.image().imageType().toString(), "" + part.imageType());
    }
    OctetSource data =
        file.upgradeImage()
            .orElseThrow(() -> new FormatException(name, 0, "no element 0000", "one"));
    if (data.size() != part.size()) {
      throw new FormatException("size of " + name, 0, data.size() + " octets", "" + part.size());
    }
    Octets sha256 = Sha256.of(data);
    if (!sha256.equals(part.sha256())) {
      throw new FormatException(
          "SHA-256 of " + name, 0, sha256.toHex(), part.sha256().toHex() + " by the manifest");
    }
    return data;
  }

  private static void demandHash(String name, Octets hash) {
    if (hash.length() != HASH_LENGTH) {
      throw new IllegalArgumentException(
          name + " has " + hash.length() + " octets, allowed " + HASH_LENGTH);
    }
  }
}
