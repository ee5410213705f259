// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A value for each row of a table of parameters. Immutable; to read one costs an array access.
 *
 * @param <R> the table
 */
public final class ParameterValues<R extends Enum<R> & ParameterRow> {
  private final Class<R> table;
  private final long[] values;

  private ParameterValues(Class<R> table, long[] values) {
    this.table = table;
    this.values = values;
  }

  /** The default of each row. */
  public static <R extends Enum<R> & ParameterRow> ParameterValues<R> defaults(Class<R> table) {
    return new ParameterValues<>(
        table,
        Stream.of(table.getEnumConstants()).mapToLong(row -> row.parameter().value()).toArray());
  }

  /** All rows of a table, in its order. */
  public static <R extends Enum<R> & ParameterRow> List<Parameter> rows(Class<R> table) {
    return Stream.of(table.getEnumConstants()).map(ParameterRow::parameter).toList();
  }

  /** The row called {@code name}, if the table has it. */
  public static <R extends Enum<R> & ParameterRow> Optional<R> row(Class<R> table, String name) {
    return Stream.of(table.getEnumConstants())
        .filter(row -> row.parameter().name().equals(name))
        .findFirst();
  }

  /** A value has the place of its row: reading one on the path of each block costs one access. */
  @SuppressWarnings("EnumOrdinal") // never stored; both arrays follow the enum itself
  private static int place(Enum<?> row) {
    return row.ordinal();
  }

  /** The value of a row. */
  public long get(R row) {
    return values[place(row)];
  }

  /** The value of a row whose range lies within an int. */
  public int getInt(R row) {
    return (int) values[place(row)];
  }

  /** The value of a row that is true or false. */
  public boolean isTrue(R row) {
    return values[place(row)] != 0;
  }

  /** The same with another value, which is checked against the range of its row. */
  public ParameterValues<R> with(R row, long value) {
    long[] changed = values.clone();
    changed[place(row)] = row.parameter().check(value);
    return new ParameterValues<>(table, changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParameterValues<?> that
        && table.equals(that.table)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** Names what differs from the defaults. */
  @Override
  public String toString() {
    return Stream.of(table.getEnumConstants())
        .filter(row -> get(row) != row.parameter().value())
        .map(row -> row.parameter().name() + "=" + row.parameter().text(get(row)))
        .toList()
        .toString();
  }
}
