// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import org.hanota.api.ParameterValues;

/**
 * How long the host of a stick waits, and how much it holds, as {@link StickParameter} documents
 * it. Immutable.
 */
public final class StickLimits {
  /** The defaults of the table. */
  public static final StickLimits DEFAULT =
      new StickLimits(ParameterValues.defaults(StickParameter.class));

  private final ParameterValues<StickParameter> values;

  private StickLimits(ParameterValues<StickParameter> values) {
    this.values = values;
  }

  /** Limits of these values. */
  public static StickLimits of(ParameterValues<StickParameter> values) {
    return new StickLimits(values);
  }

  /** The same with another value of one row, which is checked against its range. */
  public StickLimits with(StickParameter row, long value) {
    return new StickLimits(values.with(row, value));
  }

  /** The value of a row that counts something. */
  public int count(StickParameter row) {
    return values.getInt(row);
  }

  /** The value of a row that is a time, in nanoseconds. */
  public long nanos(StickParameter row) {
    return values.get(row) * 1_000_000;
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
