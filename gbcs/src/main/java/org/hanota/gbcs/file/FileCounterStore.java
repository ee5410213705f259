// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.file.SavedText;
import org.hanota.api.file.WholeFile;
import org.hanota.gbcs.CounterStore;
import org.hanota.keys.Sha256;

/**
 * Counters in a text file: a line {@code <EUI-64> <counter>} for each originator, and at the end
 * the SHA-256 of the lines before. Each change replaces the file and is on the disk when {@link
 * #store} returns. A damaged file is refused: without its counters old commands would pass again.
 */
public final class FileCounterStore implements CounterStore {
  private static final String FIRST = "hanota counters 1";
  private static final String LAST = "sha256 ";
  private static final Pattern COUNTER = Pattern.compile("([0-9A-F]{16}) ([0-9]{1,20})");

  /** More than a device has originators. */
  private static final int FILE_MAX = 1 << 20;

  private final Path file;
  private final SortedMap<Eui64, Long> counters;

  private FileCounterStore(Path file, SortedMap<Eui64, Long> counters) {
    this.file = file;
    this.counters = counters;
  }

  /**
   * Opens the counters in {@code file}, or begins with none.
   *
   * @throws FormatException if the file is damaged
   */
  public static FileCounterStore open(Path file) throws IOException {
    if (Files.exists(file)) {
      return new FileCounterStore(file, read(SavedText.read(file, FILE_MAX)));
    }
    FileCounterStore begun = new FileCounterStore(file, new TreeMap<>());
    begun.write(begun.counters);
    return begun;
  }

  private static SortedMap<Eui64, Long> read(String text) {
    int end = text.lastIndexOf(LAST);
    String sealed = end < 0 ? "" : text.substring(0, end);
    if (!sealed.startsWith(FIRST + "\n") || !text.substring(end).equals(seal(sealed))) {
      throw new FormatException(
          "counters", 0, "damaged ones", FIRST + ", the counters, and the SHA-256 of these");
    }
    SortedMap<Eui64, Long> counters = new TreeMap<>();
    for (String line : sealed.lines().skip(1).toList()) {
      Matcher counter = COUNTER.matcher(line);
      if (!counter.matches()) {
        throw new FormatException("counter", 0, '"' + line + '"', "an EUI-64 and a number");
      }
      counters.put(Eui64.parse(counter.group(1)), Long.parseUnsignedLong(counter.group(2)));
    }
    return counters;
  }

  private static String seal(String sealed) {
    return LAST + Sha256.of(Octets.wrap(sealed.getBytes(StandardCharsets.UTF_8))).toHex() + "\n";
  }

  @Override
  public synchronized OptionalLong last(Eui64 originator) {
    Long counter = counters.get(originator);
    return counter == null ? OptionalLong.empty() : OptionalLong.of(counter);
  }

  @Override
  public synchronized void store(Eui64 originator, long counter) {
    SortedMap<Eui64, Long> changed = new TreeMap<>(counters);
    changed.put(originator, counter);
    try {
      write(changed);
    } catch (IOException fault) {
      throw new UncheckedIOException(file + ": " + fault.getMessage(), fault);
    }
    counters.put(originator, counter);
  }

  private void write(Map<Eui64, Long> all) throws IOException {
    StringBuilder sealed = new StringBuilder(FIRST).append('\n');
    all.forEach(
        (originator, counter) ->
            sealed
                .append(originator)
                .append(' ')
                .append(Long.toUnsignedString(counter))
                .append('\n'));
    String whole = sealed + seal(sealed.toString());
    WholeFile.replace(file, Octets.wrap(whole.getBytes(StandardCharsets.UTF_8)));
  }
}
