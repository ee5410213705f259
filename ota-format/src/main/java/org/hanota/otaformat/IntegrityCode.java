// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * The image integrity code: element 0x0003 with the AES-MMO hash of what stands before it. Two
 * readings of "before" are in the field, so both are accepted and creation has to choose. [ZCL
 * 11.4.8] [ZCL 11.7.2.1]
 */
public final class IntegrityCode {
  /** Which octets are hashed. */
  public enum Range {
    /** Everything before the element's tag, as most real files have it. */
    TAG_EXCLUDED,
    /** Everything before the element's value, tag and length included. */
    TAG_INCLUDED
  }

  /** What a check found. */
  public enum Result {
    /** There is no element 0x0003. */
    ABSENT("absent"),
    /** The code is right over {@link Range#TAG_EXCLUDED}. */
    MATCH_TAG_EXCLUDED("matchTagExcluded"),
    /** The code is right over {@link Range#TAG_INCLUDED}. */
    MATCH_TAG_INCLUDED("matchTagIncluded"),
    /** The code is right over neither. */
    MISMATCH("mismatch");

    private final String label;

    Result(String label) {
      this.label = label;
    }

    /** The name in JSON. */
    public String label() {
      return label;
    }
  }

  private IntegrityCode() {}

  /** Checks the last element 0x0003 of {@code file}. */
  public static Result check(ZigBeeFile file) {
    return check(file.octets(), 0, file.elements());
  }

  /** Checks the last element 0x0003 of the image that begins {@code start} octets into a file. */
  static Result check(OctetSource file, long start, Elements elements) {
    Optional<Element> code = elements.last(ElementTag.INTEGRITY_CODE);
    if (code.isEmpty()) {
      return Result.ABSENT;
    }
    Element element = code.get();
    if (element.overrun()
        || element.length() != AesMmo.LENGTH
        || element.dataOffset() - start > AesMmo.MESSAGE_MAX) {
      return Result.MISMATCH;
    }
    Octets found = element.octets();
    AesMmo hash = new AesMmo();
    hash.acceptAll(Section.of(file, start, element.offset() - start));
    AesMmo withTag = hash.copy();
    if (hash.finish().equals(found)) {
      return Result.MATCH_TAG_EXCLUDED;
    }
    withTag.accept(file.octets(element.offset(), Element.HEADER_LENGTH));
    return withTag.finish().equals(found) ? Result.MATCH_TAG_INCLUDED : Result.MISMATCH;
  }
}
