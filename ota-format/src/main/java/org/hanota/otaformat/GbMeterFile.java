// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.FormatException;
import org.hanota.api.OctetSink;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.keys.P256Signature;
import org.hanota.keys.P256Signer;
import org.hanota.keys.Sha256;

/**
 * The file of an ESME, GSME or HCALCS: header || Manufacturer Image || forceReplace || 0x40 ||
 * Authorising Remote Party Signature. No elements. [GBCS 11.2.2] [GBCS 11.2.3]
 */
public final class GbMeterFile implements OtaFile {
  /** Octets of the signature, and the value of the octet before it. */
  public static final int SIGNATURE_LENGTH = 64;

  /** Octets behind the Manufacturer Image: forceReplace, length, signature. */
  public static final int SUFFIX_LENGTH = 2 + SIGNATURE_LENGTH;

  private final OctetSource file;
  private final OtaHeader header;

  private GbMeterFile(OctetSource file, OtaHeader header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Reads {@code file} strictly; the signature is not checked.
   *
   * @throws FormatException if header or sizes are wrong, fewer than 66 octets follow the header,
   *     or the octet before the signature is not 0x40
   */
  public static GbMeterFile read(OctetSource file) {
    OtaHeader header = Gb.header(file);
    long body = file.size() - header.headerLength();
    if (body < SUFFIX_LENGTH) {
      throw new FormatException(
          "Upgrade Image",
          header.headerLength(),
          body + " octets",
          "at least " + SUFFIX_LENGTH + ": forceReplace, signature length and signature");
    }
    long lengthOffset = file.size() - SIGNATURE_LENGTH - 1;
    int length = file.octets(lengthOffset, 1).at(0);
    if (length != SIGNATURE_LENGTH) {
      throw new FormatException(
          "length of the Authorising Remote Party Signature",
          lengthOffset,
          "0x" + Width.hex(length, 2),
          "0x40");
    }
    return new GbMeterFile(file, header);
  }

  /**
   * Builds a file with a signature made elsewhere.
   *
   * @param header must have hardware versions and no other optional group
   * @param forceReplace whether the hub may replace an image that it holds for the device
   */
  public static GbMeterFile of(
      OtaHeader header, Octets manufacturerImage, boolean forceReplace, P256Signature signature) {
    Gb.demandHeader(header);
    OtaHeader complete = header.withBodyOf((long) manufacturerImage.length() + SUFFIX_LENGTH);
    Octets middle = Octets.copyOf((byte) (forceReplace ? 1 : 0), (byte) SIGNATURE_LENGTH);
    Octets file = Strict.join(complete.write(), manufacturerImage, middle, signature.octets());
    return new GbMeterFile(file, complete);
  }

  /** Builds a file signed with {@code key}. */
  public static GbMeterFile sign(
      OtaHeader header, Octets manufacturerImage, boolean forceReplace, P256Signer key) {
    return of(header, manufacturerImage, forceReplace, key.sign(manufacturerImage));
  }

  /**
   * {@code firmware} with the manufacturer's signature of format 2: the Manufacturer Image of a
   * file with {@code header}.
   *
   * @param header must have hardware versions and no other optional group
   */
  public static Octets manufacturerImage(
      OtaHeader header, Octets firmware, P256Signer manufacturer) {
    Gb.demandHeader(header);
    return Gb.signedImage(header, firmware, SUFFIX_LENGTH, manufacturer);
  }

  @Override
  public OtaHeader header() {
    return header;
  }

  @Override
  public FileKind kind() {
    return FileKind.GB_METER;
  }

  @Override
  public OctetSource octets() {
    return file;
  }

  /** What the device runs, and what signature and hash cover. */
  public OctetSource manufacturerImage() {
    return Section.of(
        file, header.headerLength(), file.size() - header.headerLength() - SUFFIX_LENGTH);
  }

  /** SHA-256 of the Manufacturer Image. [GBCS 11.2.4] */
  public Octets manufacturerImageHash() {
    return Sha256.of(manufacturerImage());
  }

  /** The octet before the signature's length, for the hub alone: 0 or, to displace an image, 1. */
  public int forceReplace() {
    return file.octets(file.size() - SUFFIX_LENGTH, 1).at(0);
  }

  /** The Authorising Remote Party Signature, over the Manufacturer Image alone. */
  public P256Signature signature() {
    return new P256Signature(file.octets(file.size() - SIGNATURE_LENGTH, SIGNATURE_LENGTH));
  }

  @Override
  public void write(OctetSink sink) {
    sink.accept(header.write());
    sink.acceptAll(manufacturerImage());
    sink.accept(Octets.copyOf((byte) forceReplace(), (byte) SIGNATURE_LENGTH));
    sink.accept(signature().octets());
  }
}
