// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.OctetSource;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * A sub-element of a ZigBee file: tag, length and data. [ZCL 11.4.3]
 *
 * @param tag what it holds
 * @param offset of its tag, in octets from the start of what was read
 * @param length of the data as the file states it, uint32
 * @param data the data, a view; shorter than {@code length} where the file ends before it
 */
public record Element(ElementTag tag, long offset, long length, OctetSource data) {
  /** Octets of tag and length. */
  public static final int HEADER_LENGTH = 6;

  /** Whether the stated length reaches past the end of the image. */
  public boolean overrun() {
    return data.size() < length;
  }

  /** Where the data begin, in octets from the start of what was read. */
  public long dataOffset() {
    return offset + HEADER_LENGTH;
  }

  /**
   * The data in one piece.
   *
   * @throws IllegalStateException if they are 2 GiB or more, which no array holds
   */
  public Octets octets() {
    if (data.size() > Integer.MAX_VALUE) {
      throw new IllegalStateException("element " + tag + " has " + data.size() + " octets");
    }
    return data.octets(0, (int) data.size());
  }

  /** Tag and length, as they stand before the data. */
  Octets header() {
    return new OctetWriter(HEADER_LENGTH).uint16le(tag.value()).uint32le(length).view();
  }
}
