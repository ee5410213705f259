// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.util.Locale;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.HardwareVersionRange;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options; a wrong one is named with what is allowed. */
final class Converters {
  private Converters() {}

  /** Decimal, or hexadecimal behind 0x. */
  static long number(String text) {
    try {
      String lower = text.toLowerCase(Locale.ROOT);
      return lower.startsWith("0x")
          ? Long.parseLong(lower.substring(2), 16)
          : Long.parseLong(lower);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'" + text + "' is no number; decimal, or hexadecimal behind 0x");
    }
  }

  /** See {@link #number}. */
  static final class Numeral implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return number(text);
    }
  }

  /** {@code zigbee}, {@code gb-meter} or {@code gb-ppmid}. */
  static final class Kind implements ITypeConverter<FileKind> {
    @Override
    public FileKind convert(String text) {
      return FileKind.ofLabel(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is no kind; zigbee, gb-meter or gb-ppmid"));
    }
  }

  /** Sixteen hexadecimal digits. */
  static final class Address implements ITypeConverter<Eui64> {
    @Override
    public Eui64 convert(String text) {
      try {
        return Eui64.parse(text);
      } catch (FormatException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** {@code MINIMUM-MAXIMUM} or one version. */
  static final class Hardware implements ITypeConverter<HardwareVersionRange> {
    @Override
    public HardwareVersionRange convert(String text) {
      String[] ends = text.split("-", -1);
      if (ends.length > 2) {
        throw new TypeConversionException("'" + text + "' is no range; as in 0x0100-0x01FF");
      }
      int minimum = (int) Math.min(number(ends[0]), Integer.MAX_VALUE);
      int maximum = (int) Math.min(number(ends[ends.length - 1]), Integer.MAX_VALUE);
      return HardwareVersionRange.of(minimum, maximum);
    }
  }

  /** Hexadecimal digits. */
  static final class Hex implements ITypeConverter<Octets> {
    @Override
    public Octets convert(String text) {
      try {
        return Octets.fromHex(text);
      } catch (FormatException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
