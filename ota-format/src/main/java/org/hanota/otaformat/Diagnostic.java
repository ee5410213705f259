// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Locale;

/**
 * Something about a file that a legal one does not have, or that a reader should know.
 *
 * @param code what it is
 * @param offset where, in octets from the start of what was read
 * @param message what was found, and what is allowed, in one line
 */
public record Diagnostic(Code code, long offset, String message) {
  /** How much it matters. */
  public enum Severity {
    /** The strict reader accepts it. */
    NOTE,
    /** The strict reader refuses it. */
    ERROR;

    /** The name in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Everything that the lenient reader can find. */
  public enum Code {
    /** A vendor's container stands before the identifier. */
    OCTETS_BEFORE_IDENTIFIER("octetsBeforeIdentifier", Severity.ERROR),
    /** Octets stand behind the end that the total image size gives. */
    TRAILING_OCTETS("trailingOctets", Severity.ERROR),
    /** The file ends before the total image size is reached. */
    TRUNCATED("truncated", Severity.ERROR),
    /** The total image size is smaller than the header. */
    TOTAL_IMAGE_SIZE_BELOW_HEADER("totalImageSizeBelowHeader", Severity.ERROR),
    /** A reserved field control bit is set. */
    RESERVED_FIELD_CONTROL("reservedFieldControl", Severity.ERROR),
    /** An element's length reaches past the end of the image. */
    ELEMENT_OVERRUN("elementOverrun", Severity.ERROR),
    /** Octets behind the last element are too few for another. */
    LEFT_OVER_OCTETS("leftOverOctets", Severity.ERROR),
    /** The two octets that some tools do not count in the length of tag 0xF000. */
    UNCOUNTED_OCTETS("uncountedOctets", Severity.ERROR),
    /** A GB meter file without room for its suffix. */
    UPGRADE_IMAGE_TOO_SHORT("upgradeImageTooShort", Severity.ERROR),
    /** A GB meter file whose octet before the signature is not 0x40. */
    SIGNATURE_LENGTH("signatureLength", Severity.ERROR),
    /** The octets do not tell what stands behind the header. */
    KIND_UNKNOWN("kindUnknown", Severity.ERROR),
    /** The header version is not 0x0100. */
    HEADER_VERSION("headerVersion", Severity.NOTE),
    /** The header is longer than its fields. */
    HEADER_LONGER("headerLonger", Severity.NOTE),
    /** No NUL ends the header string. */
    HEADER_STRING_WITHOUT_NUL("headerStringWithoutNul", Severity.NOTE),
    /** The header string holds octets that are no printable ASCII. */
    HEADER_STRING_NOT_ASCII("headerStringNotAscii", Severity.NOTE),
    /** The minimum hardware version is above the maximum. */
    HARDWARE_VERSIONS_REVERSED("hardwareVersionsReversed", Severity.NOTE),
    /** The manufacturer code is the wild card. */
    WILD_CARD_MANUFACTURER("wildCardManufacturer", Severity.NOTE),
    /** The first element is not the upgrade image. */
    FIRST_TAG("firstTag", Severity.NOTE),
    /** A tag occurs more than once. */
    DUPLICATE_TAG("duplicateTag", Severity.NOTE),
    /** A tag is neither the standard's nor a manufacturer's. */
    UNKNOWN_TAG("unknownTag", Severity.NOTE),
    /** The image is no firmware: see {@link Disguise}. */
    CONTENT("content", Severity.NOTE),
    /** A suite 2 signature holds 64 octets and padding: P-256 data in the wrong tag. */
    P256_IN_SUITE_2("p256InSuite2", Severity.NOTE);

    private final String label;
    private final Severity severity;

    Code(String label, Severity severity) {
      this.label = label;
      this.severity = severity;
    }

    /** The name in JSON. */
    public String label() {
      return label;
    }

    /** Whether the strict reader refuses it. */
    public Severity severity() {
      return severity;
    }
  }

  /** Whether the strict reader refuses it. */
  public Severity severity() {
    return code.severity();
  }

  @Override
  public String toString() {
    return severity().label() + " " + code.label() + " at offset " + offset + ": " + message;
  }
}
