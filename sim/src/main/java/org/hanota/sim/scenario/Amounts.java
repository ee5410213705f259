// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time and fractions as people write them, exactly. */
public final class Amounts {
  private static final Pattern SPAN = Pattern.compile("(-?\\d{1,18}) ?(ns|us|ms|s|min|h|d)");

  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}) ?%");

  /** Nanoseconds of each unit, the largest first. */
  private static final Map<String, Long> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("d", 86_400_000_000_000L);
    UNITS.put("h", 3_600_000_000_000L);
    UNITS.put("min", 60_000_000_000L);
    UNITS.put("s", 1_000_000_000L);
    UNITS.put("ms", 1_000_000L);
    UNITS.put("us", 1_000L);
    UNITS.put("ns", 1L);
  }

  private Amounts() {}

  /** Nanoseconds of {@code 30 min} or the like. */
  public static long nanos(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("allowed a whole number with ns, us, ms, s, min, h or d");
    }
    try {
      return Math.multiplyExact(
          Long.parseLong(matcher.group(1)), requireNonNull(UNITS.get(matcher.group(2))));
    } catch (ArithmeticException | NumberFormatException tooLong) {
      throw new IllegalArgumentException("allowed up to 106751 d", tooLong);
    }
  }

  /** The same span in the largest unit that divides it. */
  public static String span(long nanos) {
    if (nanos == 0) {
      return "0 s";
    }
    for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
      if (nanos % unit.getValue() == 0) {
        return nanos / unit.getValue() + " " + unit.getKey();
      }
    }
    throw new AssertionError("one divides " + nanos);
  }

  /** A whole number of per cent. */
  public static int percent(String text) {
    Matcher matcher = PERCENT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("allowed 0 % to 100 %");
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** A fraction from 0 to 1, or a percentage. */
  public static double fraction(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("allowed a number from 0 to 1", noNumber);
    }
  }

  /** A whole number. */
  public static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("allowed a whole number", noNumber);
    }
  }

  /** A whole number that fits an int. */
  public static int integer(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("allowed a whole number", noNumber);
    }
  }
}
