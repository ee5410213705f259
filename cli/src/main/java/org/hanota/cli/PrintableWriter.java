// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What every command prints through, the one place where text from outside is {@linkplain Printable
 * cleaned}: whatever is written has no control characters but the ends of lines, what {@code
 * println} is given is one line, and what {@code format} is given ends none. JSON stays what it is,
 * since the escapes are its own.
 */
final class PrintableWriter extends PrintWriter {
  private final PrintWriter inner;

  /**
   * Writes to {@code out}.
   *
   * @param flushes whether each line goes out at once
   */
  PrintableWriter(PrintWriter out, boolean flushes) {
    super(new Cleaning(out), flushes);
    inner = out;
  }

  /** A writer below swallows what fails, too. */
  @Override
  public boolean checkError() {
    boolean here = super.checkError();
    return inner.checkError() || here;
  }

  private static final class Cleaning extends FilterWriter {
    Cleaning(Writer out) {
      super(out);
    }

    @Override
    public void write(int c) throws IOException {
      write(String.valueOf((char) c), 0, 1);
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
      write(new String(characters, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
      out.write(Printable.text(text.substring(offset, offset + length)));
    }
  }

  @Override
  public void println(@Nullable String line) {
    super.println(Printable.line(String.valueOf(line)));
  }

  @Override
  public void println(@Nullable Object line) {
    println(String.valueOf(line));
  }

  @Override
  public PrintWriter format(@Nullable Locale locale, String format, @Nullable Object... values) {
    return super.format(locale, format, cleaned(values));
  }

  @Override
  public PrintWriter format(String format, @Nullable Object... values) {
    return super.format(Locale.ROOT, format, cleaned(values));
  }

  private static @Nullable Object[] cleaned(@Nullable Object[] values) {
    return Arrays.stream(values).map(PrintableWriter::cleaned).toArray();
  }

  private static @Nullable Object cleaned(@Nullable Object value) {
    return value == null
            || value instanceof Number
            || value instanceof Character
            || value instanceof Boolean
        ? value
        : Printable.line(value.toString());
  }
}
