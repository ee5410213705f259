// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import java.util.regex.Pattern;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** What octets are that were taken for the firmware of a device by mistake, by how they begin. */
public enum Disguise {
  /** There is nothing. */
  EMPTY("empty", "an empty image runs on nothing"),
  /** A whole OTA file, which would be wrapped twice. */
  OTA_FILE("an OTA file already", "hanota image extract takes the firmware out of it"),
  /** Hexadecimal text of Intel's form. */
  INTEL_HEX("an Intel HEX text", "objcopy -I ihex -O binary FILE FILE.bin makes octets of it"),
  /** Hexadecimal text of Motorola's form. */
  S_RECORDS("a text of S-records", "objcopy -I srec -O binary FILE FILE.bin makes octets of it"),
  /** What a linker writes. */
  ELF("an ELF file", "objcopy -O binary FILE FILE.bin makes octets of it");

  private static final int BEGINNING = 16;
  private static final Pattern INTEL_HEX_LINE = Pattern.compile(":[0-9A-Fa-f]{10}.*");
  private static final Pattern S_RECORD_LINE = Pattern.compile("S[0-9][0-9A-Fa-f]{8}.*");
  private static final int ELF_MAGIC = 0x464C457F;

  private final String words;
  private final String cure;

  Disguise(String words, String cure) {
    this.words = words;
    this.cure = cure;
  }

  /** What {@code content} is instead of firmware, if it is such a thing. */
  public static Optional<Disguise> of(OctetSource content) {
    if (content.size() == 0) {
      return Optional.of(EMPTY);
    }
    Octets beginning = content.octets(0, (int) Math.min(BEGINNING, content.size()));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < beginning.length(); i++) {
      text.append((char) beginning.at(i));
    }
    if (beginning.length() >= Integer.BYTES) {
      long magic = beginning.uint32le(0);
      if (magic == OtaHeader.UPGRADE_FILE_IDENTIFIER) {
        return Optional.of(OTA_FILE);
      }
      if (magic == ELF_MAGIC) {
        return Optional.of(ELF);
      }
    }
    String line = text.toString().lines().findFirst().orElse("");
    if (INTEL_HEX_LINE.matcher(line).matches()) {
      return Optional.of(INTEL_HEX);
    }
    return S_RECORD_LINE.matcher(line).matches() ? Optional.of(S_RECORDS) : Optional.empty();
  }

  /** What it is, in words that follow "is". */
  public String words() {
    return words;
  }

  /** How firmware is made of it. */
  public String cure() {
    return cure;
  }
}
