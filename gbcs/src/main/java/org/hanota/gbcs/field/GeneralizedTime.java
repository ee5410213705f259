// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.field;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.keys.Der;

/**
 * An ASN.1 GeneralizedTime as GBCS uses it: UTC, whole seconds, {@code yyyyMMddHHmmssZ}.
 *
 * @param time years 0 to 9999, no fraction of a second
 */
public record GeneralizedTime(LocalDateTime time) implements Comparable<GeneralizedTime> {
  /** Octets of the text. */
  public static final int LENGTH = 15;

  /** In a CS06 Command: cancel what was future dated. */
  public static final GeneralizedTime CANCELLATION =
      new GeneralizedTime(LocalDateTime.of(9999, 12, 31, 23, 59, 59));

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** Checks year and fraction. */
  public GeneralizedTime {
    if (!time.truncatedTo(ChronoUnit.SECONDS).equals(time)
        || time.getYear() < 0
        || time.getYear() > 9999) {
      throw new IllegalArgumentException(
          "time is " + time + ", allowed whole seconds of the years 0 to 9999");
    }
  }

  /** The time of a Unix time in milliseconds, rounded down to the second. */
  public static GeneralizedTime ofUtcMillis(long utcMillis) {
    return new GeneralizedTime(
        LocalDateTime.ofEpochSecond(Math.floorDiv(utcMillis, 1000L), 0, ZoneOffset.UTC));
  }

  /**
   * Reads {@code yyyyMMddHHmmssZ}.
   *
   * @throws FormatException if {@code text} is anything else or no date
   */
  public static GeneralizedTime parse(String text) {
    try {
      if (text.length() == LENGTH) {
        return new GeneralizedTime(LocalDateTime.parse(text, FORM));
      }
    } catch (DateTimeException e) {
      // Refused below, in the same words as a wrong length.
    }
    throw new FormatException(
        "GeneralizedTime", 0, "\"" + printable(text) + "\"", "a UTC time as yyyyMMddHHmmssZ");
  }

  /** Unix time in milliseconds. */
  public long utcMillis() {
    return time.toEpochSecond(ZoneOffset.UTC) * 1000L;
  }

  /** The text's octets. */
  public Octets octets() {
    return Octets.wrap(FORM.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  /** This time as a DER GeneralizedTime. */
  public Octets der() {
    return Der.element(Der.GENERALIZED_TIME, octets());
  }

  @Override
  public int compareTo(GeneralizedTime other) {
    return time.compareTo(other.time);
  }

  @Override
  public String toString() {
    return FORM.format(time);
  }

  private static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }
}
