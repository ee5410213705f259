// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.OctetSource;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * The header of every OTA upgrade file, with its three optional groups. All integers are
 * little-endian in the file. [ZCL 11.4.2]
 *
 * @param headerVersion uint16, 0x0100
 * @param reservedFieldControl bits 3 to 15 of the field control as they stand; 0 in a legal file
 * @param image manufacturer code, image type and file version
 * @param zigBeeStackVersion uint16: 0 2006, 1 2007, 2 PRO, 3 IP
 * @param headerString 32 octets of text
 * @param totalImageSize uint32, octets of header and everything behind it
 * @param securityCredentialVersion present with field control bit 0
 * @param upgradeFileDestination the one device that the file is for, present with bit 1
 * @param hardwareVersions the hardware that the image is for, present with bit 2
 * @param furtherOctets what a header longer than its fields holds behind them
 */
public record OtaHeader(
    int headerVersion,
    int reservedFieldControl,
    ImageId image,
    int zigBeeStackVersion,
    HeaderString headerString,
    long totalImageSize,
    Optional<SecurityCredentialVersion> securityCredentialVersion,
    Optional<Eui64> upgradeFileDestination,
    Optional<HardwareVersionRange> hardwareVersions,
    Octets furtherOctets) {

  /** The upgrade file identifier that every file begins with. */
  public static final long UPGRADE_FILE_IDENTIFIER = 0x0BEEF11EL;

  /** The only header version that the cluster knows. */
  public static final int HEADER_VERSION = 0x0100;

  /** ZigBee PRO, the stack of Smart Energy. */
  public static final int STACK_VERSION_PRO = 2;

  /** Octets of a header without optional groups. */
  public static final int MINIMUM_LENGTH = 56;

  static final int HEADER_LENGTH_OFFSET = 6;
  static final int FIELD_CONTROL_OFFSET = 8;
  static final int HEADER_STRING_OFFSET = 20;
  static final int TOTAL_IMAGE_SIZE_OFFSET = 52;

  private static final int SECURITY_CREDENTIAL_VERSION_PRESENT = 1;
  private static final int DEVICE_SPECIFIC_FILE = 1 << 1;
  private static final int HARDWARE_VERSIONS_PRESENT = 1 << 2;
  private static final int RESERVED = 0xFFF8;

  /** Checks the widths. */
  public OtaHeader {
    Width.uint16("headerVersion", headerVersion);
    Width.uint16("zigBeeStackVersion", zigBeeStackVersion);
    Width.uint32("totalImageSize", totalImageSize);
    if ((reservedFieldControl & ~RESERVED) != 0) {
      throw new IllegalArgumentException("reservedFieldControl has bits other than 3 to 15");
    }
  }

  /** A header for {@code image} without optional groups; the file's builder sets the total size. */
  public static OtaHeader of(ImageId image) {
    return new OtaHeader(
        HEADER_VERSION,
        0,
        image,
        STACK_VERSION_PRO,
        HeaderString.EMPTY,
        MINIMUM_LENGTH,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Octets.EMPTY);
  }

  /**
   * Reads the header that stands at the start of {@code file}.
   *
   * @throws FormatException if the identifier is not there, the header is cut off or shorter than
   *     its fields, a reserved field control bit is set, or the total image size is smaller than
   *     the header
   */
  public static OtaHeader read(OctetSource file) {
    OtaHeader header = HeaderReader.read(file);
    header.refuseReserved();
    return header;
  }

  /** Octets from the identifier to the first element. */
  public int headerLength() {
    return MINIMUM_LENGTH + optionalLength(fieldControl()) + furtherOctets.length();
  }

  /** The field control: which optional groups are present, and the reserved bits. */
  public int fieldControl() {
    return reservedFieldControl
        | (securityCredentialVersion.isPresent() ? SECURITY_CREDENTIAL_VERSION_PRESENT : 0)
        | (upgradeFileDestination.isPresent() ? DEVICE_SPECIFIC_FILE : 0)
        | (hardwareVersions.isPresent() ? HARDWARE_VERSIONS_PRESENT : 0);
  }

  /** The header's octets. */
  public Octets write() {
    OctetWriter out =
        new OctetWriter(headerLength())
            .uint32le(UPGRADE_FILE_IDENTIFIER)
            .uint16le(headerVersion)
            .uint16le(headerLength())
            .uint16le(fieldControl())
            .uint16le(image.manufacturerCode().value())
            .uint16le(image.imageType().value())
            .uint32le(image.fileVersion().value())
            .uint16le(zigBeeStackVersion)
            .octets(headerString.octets())
            .uint32le(totalImageSize);
    securityCredentialVersion.ifPresent(version -> out.uint8(version.value()));
    upgradeFileDestination.ifPresent(destination -> out.int64le(destination.value()));
    hardwareVersions.ifPresent(
        range -> out.uint16le(range.minimum().value()).uint16le(range.maximum().value()));
    return out.octets(furtherOctets).view();
  }

  /** This header for another image type. */
  public OtaHeader withImageType(ImageType type) {
    return withImage(new ImageId(image.manufacturerCode(), type, image.fileVersion()));
  }

  /** This header with another name for the image. */
  public OtaHeader withImage(ImageId other) {
    return new OtaHeader(
        headerVersion,
        reservedFieldControl,
        other,
        zigBeeStackVersion,
        headerString,
        totalImageSize,
        securityCredentialVersion,
        upgradeFileDestination,
        hardwareVersions,
        furtherOctets);
  }

  /** This header with another stack version. */
  public OtaHeader withZigBeeStackVersion(int version) {
    return new OtaHeader(
        headerVersion,
        reservedFieldControl,
        image,
        version,
        headerString,
        totalImageSize,
        securityCredentialVersion,
        upgradeFileDestination,
        hardwareVersions,
        furtherOctets);
  }

  /** This header with {@code text}, at most 31 printable ASCII characters. */
  public OtaHeader withHeaderString(String text) {
    return new OtaHeader(
        headerVersion,
        reservedFieldControl,
        image,
        zigBeeStackVersion,
        HeaderString.of(text),
        totalImageSize,
        securityCredentialVersion,
        upgradeFileDestination,
        hardwareVersions,
        furtherOctets);
  }

  /** This header demanding {@code version}. */
  public OtaHeader withSecurityCredentialVersion(SecurityCredentialVersion version) {
    return with(Optional.of(version), upgradeFileDestination, hardwareVersions);
  }

  /** This header for one device alone. */
  public OtaHeader withUpgradeFileDestination(Eui64 destination) {
    return with(securityCredentialVersion, Optional.of(destination), hardwareVersions);
  }

  /** This header for the hardware in {@code range}. */
  public OtaHeader withHardwareVersions(HardwareVersionRange range) {
    return with(securityCredentialVersion, upgradeFileDestination, Optional.of(range));
  }

  /** This header of a file that has {@code octets} behind its header. */
  OtaHeader withBodyOf(long octets) {
    return new OtaHeader(
        headerVersion,
        reservedFieldControl,
        image,
        zigBeeStackVersion,
        headerString,
        headerLength() + octets,
        securityCredentialVersion,
        upgradeFileDestination,
        hardwareVersions,
        furtherOctets);
  }

  /** How many octets the optional fields have that {@code fieldControl} says are there. */
  static int optionalLength(int fieldControl) {
    return ((fieldControl & SECURITY_CREDENTIAL_VERSION_PRESENT) != 0 ? 1 : 0)
        + ((fieldControl & DEVICE_SPECIFIC_FILE) != 0 ? 8 : 0)
        + ((fieldControl & HARDWARE_VERSIONS_PRESENT) != 0 ? 4 : 0);
  }

  static boolean hasSecurityCredentialVersion(int fieldControl) {
    return (fieldControl & SECURITY_CREDENTIAL_VERSION_PRESENT) != 0;
  }

  static boolean hasUpgradeFileDestination(int fieldControl) {
    return (fieldControl & DEVICE_SPECIFIC_FILE) != 0;
  }

  static boolean hasHardwareVersions(int fieldControl) {
    return (fieldControl & HARDWARE_VERSIONS_PRESENT) != 0;
  }

  /** What only the strict reader refuses in a header. */
  void refuseReserved() {
    if (reservedFieldControl != 0) {
      throw new FormatException(
          "field control",
          FIELD_CONTROL_OFFSET,
          "0x" + Width.hex(fieldControl(), 4),
          "bits 0 to 2, the others reserved");
    }
    if (totalImageSize < headerLength()) {
      throw new FormatException(
          "total image size",
          TOTAL_IMAGE_SIZE_OFFSET,
          Long.toString(totalImageSize),
          "at least " + headerLength() + ", the header's length");
    }
  }

  /**
   * Checks that a file may be built with this header.
   *
   * @throws IllegalArgumentException if it holds what no standard defines, or no hardware version
   */
  void demandLegal() {
    if (headerVersion != HEADER_VERSION || reservedFieldControl != 0 || !furtherOctets.isEmpty()) {
      throw new IllegalArgumentException(
          "header has a version, field control bits or octets that no standard defines");
    }
    if (hardwareVersions.isPresent() && hardwareVersions.get().isEmpty()) {
      throw new IllegalArgumentException(
          "hardwareVersions " + hardwareVersions.get() + " hold none");
    }
  }

  private OtaHeader with(
      Optional<SecurityCredentialVersion> credential,
      Optional<Eui64> destination,
      Optional<HardwareVersionRange> hardware) {
    return new OtaHeader(
        headerVersion,
        reservedFieldControl,
        image,
        zigBeeStackVersion,
        headerString,
        totalImageSize,
        credential,
        destination,
        hardware,
        furtherOctets);
  }
}
