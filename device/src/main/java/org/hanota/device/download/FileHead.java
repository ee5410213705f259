// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.machine.StateWriter;
import org.hanota.otaformat.Element;
import org.hanota.otaformat.ElementTag;
import org.hanota.otaformat.PartManifest;

/** Reads the first octets of a file, which tell whether it is an image or a part of one. */
final class FileHead {
  /** Where the header says how long it is. [ZCL 11.4.2] */
  private static final int HEADER_LENGTH_AT = 6;

  private final long fileSize;
  private long needed = HEADER_LENGTH_AT + 2;

  /**
   * What the octets tell.
   *
   * @param manifest of the image whose first part the file is
   * @param dataOffset where the data of the file's upgrade image begin; 0 if no such element is
   *     first
   * @param dataSize their length
   */
  record Content(Optional<PartManifest> manifest, long dataOffset, long dataSize) {
    /** A file that is taken as it is. */
    static final Content WHOLE = new Content(Optional.empty(), 0, 0);
  }

  FileHead(long fileSize) {
    this.fileSize = fileSize;
  }

  /** Octets that must be there before it is worth to read. */
  long needed() {
    return Math.min(needed, fileSize);
  }

  /** Reads the file's octets so far, from its start; empty while more are needed. */
  Optional<Content> read(OctetSource head) {
    if (lacks(head, HEADER_LENGTH_AT + 2)) {
      return more(head);
    }
    long at = head.octets(HEADER_LENGTH_AT, 2).uint16le(0);
    if (lacks(head, at + Element.HEADER_LENGTH)) {
      return more(head);
    }
    Optional<PartManifest> manifest = Optional.empty();
    if (tag(head, at).equals(PartManifest.TAG)
        && length(head, at) <= PartManifest.length(PartManifest.PARTS_MAX)) {
      long data = at + Element.HEADER_LENGTH;
      at = data + length(head, at);
      if (lacks(head, at + Element.HEADER_LENGTH)) {
        return more(head);
      }
      try {
        manifest = Optional.of(PartManifest.read(head.octets(data, (int) (at - data))));
      } catch (FormatException e) {
        // No manifest of ours: a maker may use the tag as it likes, and its verifier decides.
        return Optional.of(Content.WHOLE);
      }
    }
    return Optional.of(
        tag(head, at).equals(ElementTag.UPGRADE_IMAGE)
            ? new Content(manifest, at + Element.HEADER_LENGTH, length(head, at))
            : Content.WHOLE);
  }

  /** Whether octets before {@code count} have not come. */
  private boolean lacks(OctetSource head, long count) {
    needed = count;
    return head.size() < count;
  }

  /** A file that ends before it could tell has nothing to tell. */
  private Optional<Content> more(OctetSource head) {
    return head.size() >= fileSize ? Optional.of(Content.WHOLE) : Optional.empty();
  }

  private static ElementTag tag(OctetSource head, long at) {
    return new ElementTag(head.octets(at, 2).uint16le(0));
  }

  private static long length(OctetSource head, long at) {
    return head.octets(at + 2, 4).uint32le(0);
  }

  void describe(StateWriter out) {
    out.put("head needs", needed);
  }
}
