// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.field;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * A COSEM date-time of twelve octets. Every part may say "not specified" (all ones; the deviation
 * 0x8000), so it need not name an instant.
 *
 * @param year uint16
 * @param month 1 to 12, 0xFD and 0xFE for the ends of daylight saving, 0xFF
 * @param dayOfMonth 1 to 31, 0xFD and 0xFE for the last days of the month, 0xFF
 * @param dayOfWeek 1 (Monday) to 7, 0xFF
 * @param hour 0 to 23, 0xFF
 * @param minute 0 to 59, 0xFF
 * @param second 0 to 59, 0xFF
 * @param hundredths 0 to 99, 0xFF
 * @param deviation minutes from local time to UTC as a uint16 bit pattern, 0x8000 for none
 * @param clockStatus uint8, 0xFF for none
 */
public record CosemDateTime(
    int year,
    int month,
    int dayOfMonth,
    int dayOfWeek,
    int hour,
    int minute,
    int second,
    int hundredths,
    int deviation,
    int clockStatus) {
  /** Octets of a date-time. */
  public static final int LENGTH = 12;

  /** A year, or with {@link #UINT8} another part, that is not specified. */
  private static final int YEAR_UNSPECIFIED = 0xFFFF;

  private static final int UINT8 = 0xFF;
  private static final int DEVIATION_UNSPECIFIED = 0x8000;

  /** Checks every part. */
  public CosemDateTime {
    Width.uint16("year", year);
    part("month", month, 1, 12, 0xFD);
    part("dayOfMonth", dayOfMonth, 1, 31, 0xFD);
    part("dayOfWeek", dayOfWeek, 1, 7, UINT8);
    part("hour", hour, 0, 23, UINT8);
    part("minute", minute, 0, 59, UINT8);
    part("second", second, 0, 59, UINT8);
    part("hundredths", hundredths, 0, 99, UINT8);
    Width.uint16("deviation", deviation);
    Width.uint8("clockStatus", clockStatus);
  }

  /**
   * A UTC time in the form of the reference messages: no day of week, no deviation, no status.
   *
   * @param utcMillis Unix time in milliseconds, rounded down to the second
   */
  public static CosemDateTime ofUtcMillis(long utcMillis) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(utcMillis, 1000L), 0, ZoneOffset.UTC);
    return new CosemDateTime(
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        UINT8,
        time.getHour(),
        time.getMinute(),
        time.getSecond(),
        0,
        DEVIATION_UNSPECIFIED,
        UINT8);
  }

  /**
   * Reads twelve octets.
   *
   * @throws FormatException if a part is out of its range
   */
  public static CosemDateTime parse(Octets octets) {
    OctetReader in = new OctetReader(octets);
    try {
      CosemDateTime time =
          new CosemDateTime(
              in.uint16be("year"),
              in.uint8("month"),
              in.uint8("day of month"),
              in.uint8("day of week"),
              in.uint8("hour"),
              in.uint8("minute"),
              in.uint8("second"),
              in.uint8("hundredths"),
              in.uint16be("deviation"),
              in.uint8("clock status"));
      in.end("date-time");
      return time;
    } catch (IllegalArgumentException e) {
      throw new FormatException("date-time", 0, octets.toHex(), "parts of a date and time: " + e);
    }
  }

  /** Unix time in milliseconds, if date and time are specified; without a deviation it is UTC. */
  public OptionalLong utcMillis() {
    if (year == YEAR_UNSPECIFIED || month > 12 || dayOfMonth > 31 || hour > 23 || minute > 59) {
      return OptionalLong.empty();
    }
    try {
      LocalDateTime time =
          LocalDateTime.of(year, month, dayOfMonth, hour, minute, second > 59 ? 0 : second);
      int minutes = deviation == DEVIATION_UNSPECIFIED ? 0 : (short) deviation;
      return OptionalLong.of((time.toEpochSecond(ZoneOffset.UTC) + minutes * 60L) * 1000L);
    } catch (DateTimeException e) {
      return OptionalLong.empty(); // Such as 31 June: each part is in range, the day is not.
    }
  }

  /** The twelve octets. */
  public Octets octets() {
    return new OctetWriter(LENGTH)
        .uint16be(year)
        .uint8(month)
        .uint8(dayOfMonth)
        .uint8(dayOfWeek)
        .uint8(hour)
        .uint8(minute)
        .uint8(second)
        .uint8(hundredths)
        .uint16be(deviation)
        .uint8(clockStatus)
        .view();
  }

  @Override
  public String toString() {
    OptionalLong utcMillis = utcMillis();
    return utcMillis.isPresent()
        ? java.time.Instant.ofEpochMilli(utcMillis.getAsLong()).toString()
        : octets().toHex();
  }

  private static void part(String name, int value, int minimum, int maximum, int firstSpecial) {
    if (value < firstSpecial || value > UINT8) {
      Width.range(name, value, minimum, maximum);
    }
  }
}
