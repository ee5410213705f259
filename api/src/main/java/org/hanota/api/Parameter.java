// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

import java.util.stream.Stream;

/**
 * One row of a node's table of parameters: a number that the sources leave open, or that a user may
 * want to set.
 *
 * @param name the name by which it is set
 * @param value its default; 0 or 1 where {@code unit} is {@link #FLAG}
 * @param minimum the least value that is allowed
 * @param maximum the largest value that is allowed
 * @param unit its unit
 * @param mark known {@code C}, inferred {@code I} or unknown {@code U}
 * @param clause what it serves: a clause of a standard, or a rule of ours as {@code hanota H01}
 * @param meaning what it does, in one line
 * @param reason why this default: the source, or the reason for a choice of ours
 */
public record Parameter(
    String name,
    long value,
    long minimum,
    long maximum,
    String unit,
    Mark mark,
    String clause,
    String meaning,
    String reason) {
  /** The unit of a value that is true or false. */
  public static final String FLAG = "true/false";

  /** Milliseconds of a second. */
  public static final long SECOND = 1_000;

  /** Milliseconds of a minute. */
  public static final long MINUTE = 60 * SECOND;

  /** Milliseconds of an hour. */
  public static final long HOUR = 60 * MINUTE;

  /** Milliseconds of a day. */
  public static final long DAY = 24 * HOUR;

  /** Ten years in milliseconds: longer than any device waits, and far from where sums overflow. */
  public static final long LONGEST = 3_653 * DAY;

  /** How sure the sources are. */
  public enum Mark {
    /** Known: a source states it. */
    C,
    /** Inferred. */
    I,
    /** Unknown: a choice of ours. */
    U
  }

  /** Refuses a row without a name, unit, clause or reason, and a default outside its own range. */
  public Parameter {
    if (Stream.of(name, unit, clause, meaning, reason).anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "parameter '" + name + "' lacks a name, unit, clause, meaning or reason");
    }
    Width.range(name, value, minimum, maximum);
  }

  /** Begins a row; its clause, what it means and why its default is what it is follow. */
  public static Begun row(
      String name, long value, long minimum, long maximum, String unit, Mark mark) {
    return clause ->
        meaning ->
            reason ->
                new Parameter(name, value, minimum, maximum, unit, mark, clause, meaning, reason);
  }

  /** A row without its clause. */
  public interface Begun {
    /** Names what it serves: a clause of a standard, or a rule of ours. */
    Cited clause(String clause);
  }

  /** A row without its meaning. */
  public interface Cited {
    /** Says in one line what it does. */
    Explained means(String meaning);
  }

  /** A row without its reason. */
  public interface Explained {
    /** Says why the default is what it is. */
    Parameter because(String reason);
  }

  /** A row whose value is true or false. */
  public static Parameter flag(
      String name, boolean value, Mark mark, String clause, String meaning, String reason) {
    return new Parameter(name, value ? 1 : 0, 0, 1, FLAG, mark, clause, meaning, reason);
  }

  /** {@code number} as people write it. */
  public String text(long number) {
    return unit.equals(FLAG) ? Boolean.toString(number != 0) : Long.toString(number);
  }

  /** The default, as people write it. */
  public String defaultText() {
    return text(value);
  }

  /** The values that are allowed, in words. */
  public String range() {
    return unit.equals(FLAG) ? "true or false" : minimum + " to " + maximum + " " + unit;
  }

  /** Returns {@code number} if it is allowed. */
  public long check(long number) {
    if (number < minimum || number > maximum) {
      throw new IllegalArgumentException(
          name + " is " + text(number) + ", allowed " + range() + " (" + meaning + ")");
    }
    return number;
  }

  /** Reads a value as people write it, and checks it. */
  public long parse(String text) {
    if (unit.equals(FLAG)) {
      if (text.equals("true") || text.equals("false")) {
        return text.equals("true") ? 1 : 0;
      }
      throw new IllegalArgumentException(name + " is '" + text + "', allowed " + range());
    }
    try {
      return check(Long.parseLong(text));
    } catch (NumberFormatException notNumber) {
      throw new IllegalArgumentException(
          name + " is '" + text + "', allowed " + range() + " (a whole number)", notNumber);
    }
  }
}
