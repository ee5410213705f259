// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;

/**
 * The standard's convention for file names: {@code MMMM-TTTT-VVVVVVVV[-anything].zigbee} with
 * manufacturer code, image type and file version in upper-case hexadecimal.
 *
 * @param image what the name says
 * @param remark the part behind the version, without its dash; empty where there is none
 */
public record OtaFileName(ImageId image, String remark) {
  /** What every such name ends with. */
  public static final String SUFFIX = ".zigbee";

  private static final Pattern FORM =
      Pattern.compile("([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{8})(?:-(.*))?\\.zigbee");

  /** Refuses a remark that would make a path or a hidden end. */
  public OtaFileName {
    if (remark.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ')) {
      throw new IllegalArgumentException("remark \"" + remark + "\" is no part of a file name");
    }
  }

  /** The name of {@code image} without remark. */
  public static OtaFileName of(ImageId image) {
    return new OtaFileName(image, "");
  }

  /**
   * Reads a file name without folders.
   *
   * @throws FormatException if it does not follow the convention
   */
  public static OtaFileName parse(String name) {
    Matcher matcher = FORM.matcher(name);
    if (!matcher.matches() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw new FormatException(
          "file name", 0, "\"" + name + "\"", "MMMM-TTTT-VVVVVVVV[-anything].zigbee, upper case");
    }
    ImageId image =
        ImageId.of(
            Integer.parseInt(matcher.group(1), 16),
            Integer.parseInt(matcher.group(2), 16),
            Long.parseLong(matcher.group(3), 16));
    String remark = matcher.group(4);
    return new OtaFileName(image, remark == null ? "" : remark);
  }

  @Override
  public String toString() {
    return image + (remark.isEmpty() ? "" : "-" + remark) + SUFFIX;
  }
}
