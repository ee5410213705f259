// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.OctetSource;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.P256Signature;
import org.hanota.keys.P256Signer;

/**
 * The manufacturer's own signature, as our sample devices check it; ours, since no standard has
 * one. ECDSA P-256 with SHA-256, raw r || s.
 *
 * <p>Format 2 is an element with tag 0xF0A8, which ends what the manufacturer signs: version(1) r
 * || s(64), over every octet of the file before the element. So it covers the header, with the
 * total image size of the final file, and every other element. In a plain file it is the last
 * element; in a GB file, which has no elements, it ends the Manufacturer Image in the same form.
 *
 * <p>Format 1 is r || s in the last 64 octets of the image, over the image's octets before them. It
 * does not cover the header: whoever delivers the file can name it as he likes.
 */
public final class ManufacturerSignature {
  /** The tag of format 2, in the manufacturers' range. */
  public static final ElementTag TAG = new ElementTag(0xF0A8);

  /** The version octet of format 2. */
  public static final int VERSION = 2;

  /** What maps of a file call it. */
  static final String TITLE = "manufacturer's signature, format 2";

  /** Octets of the element's data. */
  public static final int DATA_LENGTH = 1 + P256Signature.LENGTH;

  /** Octets of the whole element. */
  public static final int ELEMENT_LENGTH = Element.HEADER_LENGTH + DATA_LENGTH;

  private final OctetSource signed;
  private final P256Signature signature;

  private ManufacturerSignature(OctetSource signed, P256Signature signature) {
    this.signed = signed;
    this.signature = signature;
  }

  /** What stands in the Manufacturer Image {@code image} before a signature of format 2. */
  public static OctetSource firmware(OctetSource image) {
    long at = image.size() - ELEMENT_LENGTH;
    boolean signed =
        at >= 0 && image.octets(at, ELEMENT_LENGTH - P256Signature.LENGTH).equals(head());
    return signed ? Section.of(image, 0, at) : image;
  }

  /** Whether {@code element} has the form of a signature of format 2. */
  static boolean isElement(Element element) {
    return element.tag().equals(TAG)
        && !element.overrun()
        && element.length() == DATA_LENGTH
        && element.data().octets(0, 1).at(0) == VERSION;
  }

  /**
   * The signature of format 2 in {@code file}, unchecked: where its header, plain elements or
   * Manufacturer Image, which end at {@code end}, end in its element.
   */
  static Optional<ManufacturerSignature> of(OctetSource file, OtaHeader header, long end) {
    long at = end - ELEMENT_LENGTH;
    if (at < header.headerLength()
        || !file.octets(at, ELEMENT_LENGTH - P256Signature.LENGTH).equals(head())) {
      return Optional.empty();
    }
    return Optional.of(
        new ManufacturerSignature(
            Section.of(file, 0, at),
            new P256Signature(file.octets(end - P256Signature.LENGTH, P256Signature.LENGTH))));
  }

  /** The element for {@code signed}, every octet of the file that stands before it. */
  static Octets element(OctetSource signed, P256Signer manufacturer) {
    return head().concat(manufacturer.sign(signed).octets());
  }

  /** {@code firmware} followed by its signature of format 1. */
  public static Octets signFormat1(Octets firmware, P256Signer manufacturer) {
    return firmware.concat(manufacturer.sign(firmware).octets());
  }

  /**
   * Whether {@code image} ends in a signature of format 1 that {@code manufacturer} made over what
   * stands before.
   */
  public static boolean verifyFormat1(OctetSource image, P256PublicKey manufacturer) {
    long firmware = image.size() - P256Signature.LENGTH;
    return firmware >= 0
        && manufacturer.verify(
            Section.of(image, 0, firmware),
            new P256Signature(image.octets(firmware, P256Signature.LENGTH)));
  }

  boolean isOf(P256PublicKey manufacturer) {
    return manufacturer.verify(signed, signature);
  }

  /** Tag, length and version. */
  private static Octets head() {
    return new OctetWriter(ELEMENT_LENGTH - P256Signature.LENGTH)
        .uint16le(TAG.value())
        .uint32le(DATA_LENGTH)
        .uint8(VERSION)
        .view();
  }
}
