// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/**
 * Octets from outside do not have the form they must have. Says which field, where, what was found
 * and what is allowed; thrown by every decoder of the project and by nothing else.
 */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final long offset;
  private final String found;
  private final String allowed;

  /**
   * @param field the field's name as the standard has it
   * @param offset octets from the start of what was decoded
   * @param found what stands there
   * @param allowed what may stand there
   */
  public FormatException(String field, long offset, String found, String allowed) {
    super(field + " at offset " + offset + ": found " + found + ", allowed " + allowed);
    this.field = field;
    this.offset = offset;
    this.found = found;
    this.allowed = allowed;
  }

  /** The field's name as the standard has it. */
  public String field() {
    return field;
  }

  /** Octets from the start of what was decoded. */
  public long offset() {
    return offset;
  }

  /** What stands there. */
  public String found() {
    return found;
  }

  /** What may stand there. */
  public String allowed() {
    return allowed;
  }

  /** The same complaint about a part that begins {@code base} octets into a larger whole. */
  public FormatException within(long base) {
    FormatException moved = new FormatException(field, Math.addExact(base, offset), found, allowed);
    moved.initCause(this);
    return moved;
  }
}
