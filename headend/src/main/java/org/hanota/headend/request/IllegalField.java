// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

/**
 * A value that its field may not have: where a caller passed it, the caller's fault; where a reader
 * met it in a message, it becomes a complaint about that message.
 */
public final class IllegalField extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String found;
  private final String allowed;

  /** {@code found} stands in {@code field}, where only {@code allowed} may stand. */
  public IllegalField(String field, String found, String allowed) {
    super(field + " is " + found + ", allowed " + allowed);
    this.field = field;
    this.found = found;
    this.allowed = allowed;
  }

  /** Which field. */
  public String field() {
    return field;
  }

  /** What stands there. */
  public String found() {
    return found;
  }

  /** What it may be. */
  public String allowed() {
    return allowed;
  }

  static String text(String field, String text, int shortest, int longest) {
    if (text.length() < shortest || text.length() > longest) {
      throw new IllegalField(
          field, text.length() + " characters", shortest + " to " + longest + " characters");
    }
    return text;
  }

  static long range(String field, long value, long minimum, long maximum) {
    if (value < minimum || value > maximum) {
      throw new IllegalField(field, Long.toString(value), minimum + " to " + maximum);
    }
    return value;
  }
}
