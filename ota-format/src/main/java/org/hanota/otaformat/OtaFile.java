// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSink;
import org.hanota.api.OctetSource;

/**
 * A file that the strict reader accepts, or that was built: its header, and views of what stands
 * behind. Nothing of the image is copied; whoever owns the octets leaves them as they are.
 */
public sealed interface OtaFile permits ZigBeeFile, GbMeterFile, GbPpmidFile {
  /** {@code maximumImageOctets} of the GB profiles: 750 x 1024 octets, the whole file. */
  long MAXIMUM_IMAGE_OCTETS = 768_000;

  /** No limit but that of the total image size, a uint32. */
  long NO_LIMIT = 0xFFFF_FFFFL;

  /** The header. */
  OtaHeader header();

  /** Which form the file has. */
  FileKind kind();

  /** The whole file. */
  OctetSource octets();

  /** Encodes the file from its parts, in order. */
  void write(OctetSink sink);

  /** What names the image. */
  default ImageId image() {
    return header().image();
  }

  /**
   * Reads {@code file} as a file of {@code kind}, strictly.
   *
   * @throws FormatException if the file is not exactly of that form
   */
  static OtaFile read(OctetSource file, FileKind kind) {
    return read(file, kind, NO_LIMIT);
  }

  /**
   * Reads {@code file} as a file of {@code kind}, strictly.
   *
   * @param maximumImageOctets the longest file to accept
   * @throws FormatException if the file is longer, or not exactly of that form
   */
  static OtaFile read(OctetSource file, FileKind kind, long maximumImageOctets) {
    Strict.refuseLonger(file, maximumImageOctets);
    return switch (kind) {
      case ZIGBEE -> ZigBeeFile.read(file);
      case GB_METER -> GbMeterFile.read(file);
      case GB_PPMID -> GbPpmidFile.read(file);
    };
  }

  /**
   * Reads {@code file} as the kind that its octets speak for, strictly.
   *
   * @param maximumImageOctets the longest file to accept
   * @throws FormatException if the file is longer, of no kind that can be told, or not exactly of
   *     that form
   */
  static OtaFile readAny(OctetSource file, long maximumImageOctets) {
    Strict.refuseLonger(file, maximumImageOctets);
    return read(file, Strict.kind(file), maximumImageOctets);
  }
}
