// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/** A file version; the standard gives it no order beyond that of the number. [ZCL 11.4.2.7] */
public record FileVersion(long value) implements Comparable<FileVersion> {
  /** Stands for every value where a command allows it. */
  public static final FileVersion WILD_CARD = new FileVersion(0xFFFF_FFFFL);

  /**
   * @param value uint32
   */
  public FileVersion {
    Width.uint32("fileVersion", value);
  }

  /** The same by its number, uint32. */
  public static FileVersion of(long value) {
    return new FileVersion(value);
  }

  /** Whether this is the wild card or equals {@code other}. */
  public boolean matches(FileVersion other) {
    return value == WILD_CARD.value || value == other.value;
  }

  @Override
  public int compareTo(FileVersion other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Width.hex(value, 8);
  }
}
