// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.FormatException;
import org.hanota.api.OctetSink;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.keys.P256Signer;
import org.hanota.keys.Sha256;

/** The file of a PPMID: header and Manufacturer Image, nothing else. */
public final class GbPpmidFile implements OtaFile {
  private final OctetSource file;
  private final OtaHeader header;

  private GbPpmidFile(OctetSource file, OtaHeader header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Reads {@code file} strictly.
   *
   * @throws FormatException if header or sizes are wrong
   */
  public static GbPpmidFile read(OctetSource file) {
    return new GbPpmidFile(file, Gb.header(file));
  }

  /**
   * Builds a file.
   *
   * @param header must have hardware versions and no other optional group
   */
  public static GbPpmidFile of(OtaHeader header, Octets manufacturerImage) {
    Gb.demandHeader(header);
    OtaHeader complete = header.withBodyOf(manufacturerImage.length());
    return new GbPpmidFile(Strict.join(complete.write(), manufacturerImage), complete);
  }

  /**
   * Builds a file whose Manufacturer Image is {@code firmware} and the signature of format 2 of
   * {@link ManufacturerSignature}.
   *
   * @param header must have hardware versions and no other optional group
   */
  public static GbPpmidFile sign(OtaHeader header, Octets firmware, P256Signer manufacturer) {
    Gb.demandHeader(header);
    return of(header, Gb.signedImage(header, firmware, 0, manufacturer));
  }

  @Override
  public OtaHeader header() {
    return header;
  }

  @Override
  public FileKind kind() {
    return FileKind.GB_PPMID;
  }

  @Override
  public OctetSource octets() {
    return file;
  }

  /** What the device runs. */
  public OctetSource manufacturerImage() {
    return Section.of(file, header.headerLength(), file.size() - header.headerLength());
  }

  /** SHA-256 of the Manufacturer Image. [GBCS 11.2.4] */
  public Octets manufacturerImageHash() {
    return Sha256.of(manufacturerImage());
  }

  @Override
  public void write(OctetSink sink) {
    sink.accept(header.write());
    sink.acceptAll(manufacturerImage());
  }
}
