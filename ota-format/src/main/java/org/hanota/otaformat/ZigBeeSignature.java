// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * The signature of a plain file: an element with the signer's EUI-64 (little-endian) and r || s,
 * the last octets of the file. The digest is AES-MMO over everything before r. [ZCL 11.4.6] [ZCL
 * 11.7.1]
 */
public final class ZigBeeSignature {
  private final CryptoSuite suite;
  private final Element element;
  private final OctetSource file;

  private ZigBeeSignature(CryptoSuite suite, Element element, OctetSource file) {
    this.suite = suite;
    this.element = element;
    this.file = file;
  }

  /**
   * The signature of {@code file}, unchecked; empty where it has no signature element.
   *
   * @throws FormatException if an element's length is wrong, or there are several
   */
  public static Optional<ZigBeeSignature> of(ZigBeeFile file) {
    Optional<ZigBeeSignature> found = Optional.empty();
    Elements.Cursor cursor = file.elements().cursor();
    while (cursor.advance()) {
      for (CryptoSuite suite : CryptoSuite.values()) {
        if (cursor.tag == suite.signatureTag().value()) {
          found = Optional.of(only(found, suite, cursor.element(), file));
        }
      }
    }
    return found;
  }

  private static ZigBeeSignature only(
      Optional<ZigBeeSignature> earlier, CryptoSuite suite, Element element, ZigBeeFile file) {
    if (earlier.isPresent()) {
      throw new FormatException(
          "signature", element.offset(), "another signature element", "one in a file");
    }
    if (element.length() != suite.signatureElementLength()) {
      throw new FormatException(
          "length of element " + element.tag(),
          element.offset() + 2,
          Long.toString(element.length()),
          Integer.toString(suite.signatureElementLength()));
    }
    return new ZigBeeSignature(suite, element, file.octets());
  }

  /** The suite that the element's tag names. */
  public CryptoSuite suite() {
    return suite;
  }

  /** Who signed, as the element says. */
  public Eui64 signer() {
    return new Eui64(element.data().octets(0, CryptoSuite.SIGNER_LENGTH).int64le(0));
  }

  /** The octets r || s. */
  public Octets octets() {
    return element.data().octets(CryptoSuite.SIGNER_LENGTH, suite.signatureLength());
  }

  /** Whether nothing stands behind the signature. */
  public boolean isLast() {
    return element.dataOffset() + element.length() == file.size();
  }

  /** AES-MMO over every octet before r. */
  public Octets digest() {
    return AesMmo.of(Section.of(file, 0, digestedOctets()));
  }

  /** Octets before r. */
  long digestedOctets() {
    return element.dataOffset() + CryptoSuite.SIGNER_LENGTH;
  }

  /** Octets of the signer's name as the element has them, before r. */
  static Octets signerOctets(Eui64 signer) {
    return new OctetWriter(CryptoSuite.SIGNER_LENGTH).int64le(signer.value()).view();
  }
}
