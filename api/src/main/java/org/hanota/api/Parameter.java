// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/**
 * A number that the sources leave open, or that a user may want to set.
 *
 * @param name the name by which it is set
 * @param value its default
 * @param unit its unit, empty for a plain number
 * @param mark known {@code C}, inferred {@code I} or unknown {@code U}
 * @param meaning what it does, in one line
 */
public record Parameter(String name, String value, String unit, Mark mark, String meaning) {
  /** How sure the sources are. */
  public enum Mark {
    /** Known: a source states it. */
    C,
    /** Inferred. */
    I,
    /** Unknown: a choice of ours. */
    U
  }
}
