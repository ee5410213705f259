// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.file.SavedText;
import org.hanota.cli.CommandFailed;
import org.hanota.transport.serial.stick.LinkKey;

/** Link keys and install codes of devices, a line each; what is refused is never shown. */
final class LinkKeyFile {
  private static final int KEY_DIGITS = 32;
  private static final int INSTALL_CODE_DIGITS = 36;

  /** A line for each device that a network can have, and comments. */
  private static final int FILE_MAX = 1 << 24;

  private LinkKeyFile() {}

  static List<LinkKey> read(Path file) throws IOException {
    List<LinkKey> keys = new ArrayList<>();
    int number = 0;
    for (String line : SavedText.read(file, FILE_MAX).lines().toList()) {
      number++;
      String text = line.replaceFirst("#.*", "").strip();
      if (!text.isEmpty()) {
        keys.add(key(file + ", line " + number, text.split("\\s+", -1)));
      }
    }
    return keys;
  }

  private static LinkKey key(String place, String[] words) {
    String digits = words.length == 2 ? words[1] : "";
    boolean hexadecimal = digits.matches("[0-9A-Fa-f]+");
    if (!hexadecimal || (digits.length() != KEY_DIGITS && digits.length() != INSTALL_CODE_DIGITS)) {
      throw new CommandFailed(
          place
              + ": "
              + words.length
              + " words, the second of "
              + digits.length()
              + (hexadecimal ? " digits" : " characters")
              + "; allowed an EUI-64, then a link key of 32 hexadecimal digits or an install code"
              + " of 36, its CRC included");
    }
    try {
      Eui64 device = Eui64.parse(words[0]);
      Octets octets = Octets.fromHex(digits);
      return digits.length() == KEY_DIGITS
          ? new LinkKey.Preconfigured(device, octets)
          : new LinkKey.InstallCode(device, octets);
    } catch (FormatException | IllegalArgumentException wrong) {
      throw new CommandFailed(place + ": " + wrong.getMessage());
    }
  }
}
