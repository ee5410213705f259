// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.util.Locale;
import java.util.function.LongFunction;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.otaformat.ElementTag;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.SecurityCredentialVersion;
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

  /** A number that a field of a fixed width holds. */
  private abstract static class Field<T> implements ITypeConverter<T> {
    private final long maximum;
    private final LongFunction<T> make;

    Field(long maximum, LongFunction<T> make) {
      this.maximum = maximum;
      this.make = make;
    }

    @Override
    public final T convert(String text) {
      long number = number(text);
      if (number < 0 || number > maximum) {
        throw new TypeConversionException("found " + number + ", allowed 0 to " + maximum);
      }
      return make.apply(number);
    }
  }

  /** A number of 16 bits. */
  static final class Uint16 extends Field<Integer> {
    Uint16() {
      super(Width.UINT16_MAX, number -> (int) number);
    }
  }

  /** See {@link ManufacturerCode}. */
  static final class Maker extends Field<ManufacturerCode> {
    Maker() {
      super(Width.UINT16_MAX, code -> new ManufacturerCode((int) code));
    }
  }

  /** See {@link ImageType}. */
  static final class Type extends Field<ImageType> {
    Type() {
      super(Width.UINT16_MAX, type -> new ImageType((int) type));
    }
  }

  /** See {@link FileVersion}. */
  static final class Version extends Field<FileVersion> {
    Version() {
      super(Width.UINT32_MAX, FileVersion::new);
    }
  }

  /** See {@link HardwareVersion}. */
  static final class OfHardware extends Field<HardwareVersion> {
    OfHardware() {
      super(Width.UINT16_MAX, version -> new HardwareVersion((int) version));
    }
  }

  /** See {@link SecurityCredentialVersion}. */
  static final class Credential extends Field<SecurityCredentialVersion> {
    Credential() {
      super(Width.UINT8_MAX, version -> new SecurityCredentialVersion((int) version));
    }
  }

  /** See {@link ElementTag}. */
  static final class Tag extends Field<ElementTag> {
    Tag() {
      super(Width.UINT16_MAX, tag -> new ElementTag((int) tag));
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
