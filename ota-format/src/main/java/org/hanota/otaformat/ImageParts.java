// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.OctetSource;
import org.hanota.api.Width;
import org.hanota.keys.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Divides an image too large for one file into parts, and puts it together again. Parts are always
 * plain files, whatever the whole is.
 */
public final class ImageParts {
  private ImageParts() {}

  /**
   * Divides {@code whole}.
   *
   * @param header of the parts: manufacturer code, file version and hardware are theirs, the image
   *     type is the first part's, and each further part has the next
   * @param maximumPartOctets the longest file of a part, header and manifest included
   * @throws IllegalArgumentException if more than 255 parts would be needed, or image types run out
   */
  public static List<ZigBeeFile> split(OctetSource whole, OtaHeader header, int maximumPartOctets) {
    List<Long> sizes = sizes(whole.size(), header.headerLength(), maximumPartOctets);
    List<PartManifest.Part> parts = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < sizes.size(); i++) {
      parts.add(
          new PartManifest.Part(
              type(header, i), sizes.get(i), Sha256.of(Section.of(whole, at, sizes.get(i)))));
      at += sizes.get(i);
    }
    PartManifest manifest = new PartManifest(whole.size(), Sha256.of(whole), parts);
    List<ZigBeeFile> files = new ArrayList<>();
    at = 0;
    for (int i = 0; i < parts.size(); i++) {
      ZigBeeFile.Builder file = ZigBeeFile.builder(header.withImageType(type(header, i)));
      if (i == 0) {
        file.element(PartManifest.TAG, manifest.write());
      }
      file.upgradeImage(whole.octets(at, (int) parts.get(i).size()));
      files.add(file.build());
      at += parts.get(i).size();
    }
    return List.copyOf(files);
  }

  /**
   * Puts the whole together from its parts, which may come in any order.
   *
   * @return a view over the parts, checked against the manifest's hashes
   * @throws FormatException if there is no manifest, a part is missing, strange or damaged, or the
   *     whole is not what the manifest says
   */
  public static OctetSource join(List<ZigBeeFile> files) {
    PartManifest manifest = manifest(files);
    List<OctetSource> data = new ArrayList<>();
    @Nullable ImageId name = null;
    for (int i = 0; i < manifest.parts().size(); i++) {
      ZigBeeFile file = find(files, manifest.parts().get(i).imageType(), i);
      ImageId sameName =
          new ImageId(
              file.image().manufacturerCode(),
              manifest.parts().get(0).imageType(),
              file.image().fileVersion());
      if (name != null && !name.equals(sameName)) {
        throw new FormatException(
            "part " + (i + 1), 10, "" + file.image(), "manufacturer and version of " + name);
      }
      name = sameName;
      data.add(manifest.data(i, file));
    }
    if (files.size() > data.size()) {
      throw new FormatException(
          "parts", 0, files.size() + " files", data.size() + " by the manifest");
    }
    OctetSource whole = new Concatenation(data);
    if (!Sha256.of(whole).equals(manifest.wholeSha256())) {
      throw new FormatException(
          "SHA-256 of the whole", 0, Sha256.of(whole).toHex(), manifest.wholeSha256().toHex());
    }
    return whole;
  }

  private static PartManifest manifest(List<ZigBeeFile> files) {
    for (ZigBeeFile file : files) {
      if (file.elements().first(PartManifest.TAG).isPresent()) {
        return PartManifest.of(file);
      }
    }
    throw new FormatException("parts", 0, "no manifest in any of them", "tag " + PartManifest.TAG);
  }

  private static ZigBeeFile find(List<ZigBeeFile> files, ImageType type, int index) {
    for (ZigBeeFile file : files) {
      if (file.image().imageType().equals(type)) {
        return file;
      }
    }
    throw new FormatException("parts", 0, "no part " + (index + 1), "a file of image type " + type);
  }

  private static ImageType type(OtaHeader header, int index) {
    return new ImageType(header.image().imageType().value() + index);
  }

  /** Octets of data in each part: all full but the last; the manifest takes room in the first. */
  private static List<Long> sizes(long whole, int headerLength, int maximumPartOctets) {
    Width.uint32("size of the whole", whole);
    long full = maximumPartOctets - (long) headerLength - Element.HEADER_LENGTH;
    for (int count = 1; count <= PartManifest.PARTS_MAX; count++) {
      long first = full - Element.HEADER_LENGTH - PartManifest.length(count);
      if (first >= 0 && first + full * (count - 1) >= whole) {
        List<Long> sizes = new ArrayList<>();
        long left = whole;
        for (int i = 0; i < count; i++) {
          long size = Math.min(left, i == 0 ? first : full);
          sizes.add(size);
          left -= size;
        }
        return sizes;
      }
    }
    throw new IllegalArgumentException(
        "%d octets do not fit %d parts of at most %d octets"
            .formatted(whole, PartManifest.PARTS_MAX, maximumPartOctets));
  }
}
